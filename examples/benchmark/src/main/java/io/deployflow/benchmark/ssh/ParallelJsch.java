package io.deployflow.benchmark.ssh;

import com.jcraft.jsch.JSch;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/**
 * Works on all hosts at once by {@link PlainJsch}, with what makes a JVM start as soon as it can: the quick compiler
 * alone, the collector with the least to set up, and an archive of its classes, which the first run makes.
 *
 * @param identity private key file
 * @param knownHosts file of host keys
 * @param jar with that program
 * @param archive of its classes
 */
record ParallelJsch(Path identity, Path knownHosts, Path jar, Path archive) implements OnEachHost {

    /** Makes the jar, in a folder: classes of directories have no archive. */
    static ParallelJsch in(Path folder, ParallelSsh ssh) {
        Path jar = folder.resolve("plain-jsch.jar");
        String name = PlainJsch.class.getName().replace('.', '/') + ".class";
        try (InputStream code = Objects.requireNonNull(PlainJsch.class.getResourceAsStream("/" + name));
                JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar))) {
            packed.putNextEntry(new JarEntry(name));
            code.transferTo(packed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + jar, e);
        }
        return new ParallelJsch(ssh.identity(), ssh.knownHosts(), jar, folder.resolve("plain-jsch.jsa"));
    }

    @Override
    public String onEach(Hosts hosts, String script, String input) {
        String library =
                JSch.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        String addresses = hosts.hosts().stream().map(SshHost::address).collect(Collectors.joining(" "));
        return """
                archive=-XX:SharedArchiveFile=%1$s
                [ -e %1$s ] || archive=-XX:ArchiveClassesAtExit=%1$s
                exec %2$s "$archive" -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp %3$s %4$s %5$s %6$s %7$s %8$s %9$s
                """.formatted(
                        ParallelSsh.quoted(archive.toString()),
                        ParallelSsh.quoted(Path.of(System.getProperty("java.home"), "bin/java")
                                .toString()),
                        ParallelSsh.quoted(jar + ":" + library),
                        PlainJsch.class.getName(),
                        ParallelSsh.quoted(identity.toString()),
                        ParallelSsh.quoted(knownHosts.toString()),
                        ParallelSsh.quoted(script),
                        ParallelSsh.quoted(input),
                        addresses);
    }
}
