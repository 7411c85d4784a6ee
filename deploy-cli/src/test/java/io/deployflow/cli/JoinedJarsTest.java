package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedJarsTest {
    private static final String ADAPTERS = "META-INF/services/io.deployflow.spi.DeployAdapter";
    private static final String OTHERS = "META-INF/services/org.example.Other";

    @TempDir
    Path directory;

    private Path cli;
    private Path extra;

    @BeforeEach
    void makeJars() throws IOException {
        cli = jar("deploy-cli.jar", "lib/first-1.jar lib/deploy-ssh-1.jar lib/deploy-ecs-1.jar");
        jar("lib/first-1.jar", "");
        jar("lib/deploy-ssh-1.jar", "");
        jar("lib/deploy-ecs-1.jar", "");
        jar("lib/deploy-ecs-0.jar", "");
        extra = jar("extra.jar", "");
    }

    @Test
    void getResources_ofAServiceOfOurs_findsItInOurJarsAndThoseThatWereAdded() throws IOException {
        assertThat(found(ADAPTERS, cli + File.pathSeparator + extra))
                .containsExactly("deploy-ssh-1.jar", "deploy-ecs-1.jar", "extra.jar");
    }

    @Test
    void getResources_ofAnotherService_findsItInEveryJar() throws IOException {
        assertThat(found(OTHERS, cli + File.pathSeparator + extra))
                .containsExactly("deploy-cli.jar", "first-1.jar", "deploy-ssh-1.jar", "deploy-ecs-1.jar", "extra.jar");
    }

    @Test
    void of_whenTheClassPathIsNotTheLaunchers_changesNothing() throws IOException {
        assertThat(found(ADAPTERS, extra + File.pathSeparator + cli)).contains("first-1.jar", "extra.jar");
    }

    private List<String> found(String resource, String classPath) throws IOException {
        URL[] all = {cli.toUri().toURL(), extra.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(all, null)) {
            return Collections.list(JoinedJars.of(loader, classPath).getResources(resource)).stream()
                    .map(url -> url.getPath().replaceAll(".*/([^/]*)!.*", "$1"))
                    .toList();
        }
    }

    private Path jar(String name, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.CLASS_PATH, classPath);
        Path jar = directory.resolve(name);
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String entry : List.of(ADAPTERS, OTHERS)) {
                out.putNextEntry(new JarEntry(entry));
                out.write("org.example.Provider".getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
