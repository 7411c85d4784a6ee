package io.deployflow.benchmark.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What {@code ssh HOST SCRIPT < INPUT} is, on many hosts at once, by the least Java there can be: JSch and nothing
 * else. A process of its own, so that its start is counted as that of any tool is.
 */
final class PlainJsch {
    private static final String DONE = "plain-jsch-done";

    private final Path identity;
    private final Path knownHosts;
    private final String script;
    private final Path input;

    private PlainJsch(Path identity, Path knownHosts, String script, Path input) {
        this.identity = identity;
        this.knownHosts = knownHosts;
        this.script = script;
        this.input = input;
    }

    /**
     * Ends with 1 where a host fails.
     *
     * @param words key, known hosts, script, file with its input, and {@code USER@HOST:PORT} for each host
     */
    public static void main(String[] words) throws InterruptedException {
        PlainJsch ssh = new PlainJsch(Path.of(words[0]), Path.of(words[1]), words[2], Path.of(words[3]));
        List<Thread> threads = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (String address : Arrays.asList(words).subList(4, words.length)) {
            Thread thread = new Thread(() -> {
                if (!ssh.runs(address)) {
                    synchronized (failed) {
                        failed.add(address);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // Without waiting for what JSch leaves behind.
        Runtime.getRuntime().halt(failed.isEmpty() ? 0 : 1);
    }

    private boolean runs(String address) {
        int user = address.indexOf('@');
        int port = address.lastIndexOf(':');
        try {
            JSch jsch = new JSch();
            jsch.addIdentity(identity.toString());
            jsch.setKnownHosts(knownHosts.toString());
            Session session = jsch.getSession(
                    address.substring(0, user),
                    address.substring(user + 1, port),
                    Integer.parseInt(address.substring(port + 1)));
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            session.connect();
            return succeeds(session);
        } catch (JSchException | IOException e) {
            System.err.println(address + ": " + e.getMessage());
            return false;
        }
    }

    /** The script itself says that it has come to its end: the exit status may be told long after the output. */
    private boolean succeeds(Session session) throws JSchException, IOException {
        ChannelExec channel = (ChannelExec) Objects.requireNonNull(session.openChannel("exec"));
        channel.setCommand(script + "\n[ $? -ne 0 ] || echo " + DONE);
        channel.setErrStream(System.err, true);
        InputStream output = channel.getInputStream();
        OutputStream sent = channel.getOutputStream();
        channel.connect();
        Files.copy(input, sent);
        sent.close();
        String answer = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(answer.replace(DONE + "\n", ""));
        return answer.endsWith(DONE + "\n");
    }
}
