package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.RegistryLogin;
import io.deployflow.sandbox.registry.RegistryContainer;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Poller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications as their own tools prepare them, with nothing set but the base image: each is built, runs as a container
 * and answers, and is known when it is built again. The runtimes are this machine's, because an image of one takes
 * longer to make than all the rest.
 */
@Tag("kind-tools")
class KindsIT {
    private static final String REVISION = "0123456789".repeat(4);
    private static final Duration START = Duration.ofSeconds(30);
    private static final String GEM = """
            Gem::Specification.new do |s|
              s.name, s.version, s.summary, s.authors = 'tiny', '1.0.0', 'A server', ['a team']
              s.files = ['exe/tiny']
              s.bindir, s.executables = 'exe', ['tiny']
            end
            """;
    private static final String RUBY = """
            #!/usr/bin/env ruby
            require 'socket'
            server = TCPServer.new(Integer(ARGV[0]))
            loop do
              client = server.accept
              nil until client.gets == "\\r\\n"
              client.write "HTTP/1.0 200 OK\\r\\n\\r\\n" + File.read('REVISION')
              client.close
            end
            """;
    private static final String GEMFILE_LOCK = """
            GEM
              remote: https://rubygems.org/
              specs:
                tiny (1.0.0)

            PLATFORMS
              ruby

            DEPENDENCIES
              tiny
            """;
    private static final String PYTHON = """
            from http.server import HTTPServer, SimpleHTTPRequestHandler

            def main():
                HTTPServer(('', 3000), SimpleHTTPRequestHandler).serve_forever()
            """;
    private static final String JAVA = """
            package com.example;

            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import org.slf4j.LoggerFactory;

            class App {
                public static void main(String[] args) throws Exception {
                    byte[] answer = Files.readAllBytes(Path.of("REVISION"));
                    HttpServer server = HttpServer.create(new InetSocketAddress(3000), 0);
                    server.createContext("/", exchange -> {
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                        exchange.close();
                    });
                    server.start();
                    LoggerFactory.getLogger(App.class).info("started");
                }
            }
            """;
    /** With the versions that this project's own build has fetched. */
    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>app</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>2.0.20</version>
                </dependency>
              </dependencies>
              <build>
                <plugins>
                  <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
                  <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                  <plugin><artifactId>maven-dependency-plugin</artifactId><version>3.9.0</version></plugin>
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    private static Path machine;

    private static Engine engine;
    private static RegistryLogin login = new RegistryLogin("", "", "");

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        engine = Engine.connect("it-" + UUID.randomUUID());
        login = RegistryContainer.start(engine, new ImageStore(engine)).login();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void gems_preparedByBundler_serve() throws IOException {
        write("gem/tiny.gemspec", GEM);
        write("gem/exe/tiny", RUBY);
        LocalTool.run(
                "sh",
                "-c",
                "cd \"$0\" && gem build -q tiny.gemspec",
                folder.resolve("gem").toString());
        Path cache = Files.createDirectories(folder.resolve("app/vendor/cache"));
        Files.move(folder.resolve("gem/tiny-1.0.0.gem"), cache.resolve("tiny-1.0.0.gem"));
        write("app/Gemfile", "source 'https://rubygems.org'\ngem 'tiny'\n");
        write("app/Gemfile.lock", GEMFILE_LOCK);
        write("app/Procfile", "web: bundle exec tiny $PORT\n");

        assertServes("ruby", "vendor/bundle");
    }

    @Test
    void packages_preparedByPip_serve() throws IOException {
        write("app/requirements.txt", "--no-index\n--find-links=wheels\ntiny==1.0\n");
        write("app/Procfile", "web: tiny\n");
        Path wheel = folder.resolve("app/wheels/tiny-1.0-py3-none-any.whl");
        Files.createDirectories(wheel.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            put(zip, "tiny.py", PYTHON);
            put(zip, "tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n");
            put(zip, "tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            put(zip, "tiny-1.0.dist-info/entry_points.txt", "[console_scripts]\ntiny = tiny:main\n");
            put(zip, "tiny-1.0.dist-info/RECORD", "tiny.py,,\n");
        }

        assertServes("python", "vendor/python");
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void classes_preparedByMaven_serve() throws IOException {
        write("app/pom.xml", POM);
        write("app/src/main/java/com/example/App.java", JAVA);

        // The Java of this test, which need not be the one that a PATH leads to.
        String home = System.getProperty("java.home");
        assertServes("java", "target", "-v", home + ":" + home + ":ro", "-e", "PATH=" + home + "/bin");
    }

    private void assertServes(String kind, String made, String... options) throws IOException {
        Path first = copy(1);
        Path second = copy(2);
        Path tar = folder.resolve("image.tar");

        ImageReference image = build(kind, first, tar);
        String loaded = LocalTool.run("docker", "load", "-q", "-i", tar.toString())
                .replaceFirst(".*: ", "")
                .strip();
        assertThat(answer(loaded, options)).isEqualTo(REVISION + "\n");

        assertThat(build(kind, second, tar)).isEqualTo(image);
        assertThat(first.resolve(made)).exists();
        assertThat(second.resolve(made)).doesNotExist();
    }

    /** Commands run in it. */
    private Path copy(int build) {
        Path copy = folder.resolve("copy" + build);
        LocalTool.run("cp", "-r", folder.resolve("app").toString(), copy.toString());
        return copy;
    }

    private ImageReference build(String kind, Path source, Path tar) throws IOException {
        EcsSettings settings = SettingsText.of(
                """
                image:
                  repository: team/%s
                  registry: '%s'
                  username: %s
                  password: '%s'
                  build: layers
                  layers:
                    base: scratch
                    ports: [3000]
                    cache: { directory: %s }
                """.formatted(kind, login.endpoint(), login.user(), login.password(), machine.resolve("cache")));
        DeployContext context = Contexts.of(
                source, Files.createTempDirectory(folder, "work"), REVISION, event -> {}, ForkJoinPool.commonPool());
        ImageRegistry registry = new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC());
        ImageRoad road = LayersRoad.of(
                settings.image().layers().orElseThrow(),
                registry,
                new ImagesThere.Names(List.of(), Optional::empty),
                List::of,
                LayersRoad.http(registry, context),
                context);
        try {
            String id = road.build().build(context).image();
            road.push().save(id, login.endpoint() + "/team/" + kind + ":it", tar, context);
            return road.push().push(id, "it", context).reference();
        } finally {
            road.end().run();
        }
    }

    /** What a container of the image answers when it is asked for its revision. */
    private static String answer(String image, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("docker", "run", "-d", "-p", "127.0.0.1::3000"));
        for (String runtime : runtimes()) {
            words.add("-v");
            words.add(runtime + ":" + runtime + ":ro");
        }
        words.addAll(List.of(options));
        words.add(image);
        String container = LocalTool.run(words.toArray(String[]::new)).strip();
        try {
            URI address = URI.create("http://"
                    + LocalTool.run("docker", "port", container, "3000").strip() + "/REVISION");
            return Poller.every(Duration.ofMillis(100))
                    .ask(START, CancellationToken.create(), () -> ask(address))
                    .orElseGet(() -> LocalTool.run("sh", "-c", "docker logs \"$0\" 2>&1", container));
        } finally {
            LocalTool.run("docker", "rm", "-f", container);
            LocalTool.run("docker", "image", "rm", "-f", image);
        }
    }

    private static Optional<String> ask(URI address) {
        try (InputStream answer = address.toURL().openStream()) {
            return Optional.of(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    /** This machine's programs and what they need, at their own places. */
    private static List<String> runtimes() throws IOException {
        try (Stream<Path> settings = Files.list(Path.of("/etc"))) {
            return Stream.concat(
                            Stream.of("/usr", "/bin", "/lib", "/lib64").map(Path::of),
                            settings.filter(
                                    path -> path.getFileName().toString().startsWith("java-")))
                    .filter(Files::isDirectory)
                    .map(Path::toString)
                    .toList();
        }
    }

    private void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
