package io.deployflow.ecs;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.Report;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.EcsClient;

/** A small application that is deployed to the sandbox's service; what it does is said by a file of its own. */
final class Story implements AutoCloseable {
    static final String CLUSTER = "app-dev";
    static final String SERVICE = "puma";

    private static final String DOCKERFILE = """
            FROM debian:bookworm-slim
            WORKDIR /app
            COPY . .
            EXPOSE 3000
            CMD ["perl", "serve.pl"]
            """;
    private static final String SERVE = """
            use strict;
            use IO::Socket::INET;
            $SIG{TERM} = sub { exit 0 };
            sub content { open(my $f, '<', shift) or return ''; local $/; my $t = <$f>; chomp $t; $t }
            my $mode = content('mode');
            if ($mode eq 'crash') { print STDERR "cannot find the table orders\\n"; exit 3; }
            my $server = IO::Socket::INET->new(LocalPort => 3000, Listen => 50, ReuseAddr => 1) or die $!;
            my $body = content('greeting') . ' ' . content('REVISION') . "\\n";
            while (1) {
                my $client = $server->accept or next;
                while (my $line = <$client>) { last if $line =~ /^\\r?\\n$/ }
                my $status = $mode eq 'unhealthy' ? '500 No' : '200 OK';
                print $client "HTTP/1.1 $status\\r\\nContent-Length: ", length($body), "\\r\\nConnection: close\\r\\n\\r\\n$body";
                close $client;
            }
            """;

    final Sandbox sandbox;
    final Path source;
    final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    final AwsClients clients;
    Consumer<DeployEvent> onEvent = event -> {};
    List<String> more = List.of("container: app", "timeout: 2m");

    Story(Sandbox sandbox, Path source) {
        this.sandbox = sandbox;
        this.source = source;
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        this.clients = QuickClients.of(settings());
        write("Dockerfile", DOCKERFILE)
                .write("serve.pl", SERVE)
                .write("mode", "ok")
                .write("greeting", "hello");
    }

    EcsSettings settings() {
        List<String> keys = new ArrayList<>(List.of(
                "region: " + sandbox.region(),
                "endpoint: " + sandbox.endpoint(),
                "cluster: " + CLUSTER,
                "service: " + SERVICE,
                "image: { repository: organization/app }"));
        keys.addAll(more);
        return SettingsText.of(keys.toArray(String[]::new));
    }

    Story write(String name, String text) {
        try {
            Files.writeString(source.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Deployer deployer() {
        return Deployer.builder()
                .application(new Application("shop", source))
                .target(Target.of("containers", "ecs", settings()))
                .person("alice@laptop")
                .listener(event -> {
                    events.add(event);
                    onEvent.accept(event);
                })
                .build();
    }

    Report deploy() {
        return deploy(CancellationToken.create());
    }

    Report deploy(CancellationToken token) {
        try (Deployer deployer = deployer()) {
            return deployer.deploy("containers", DeployOptions.defaults().withCancellation(token));
        }
    }

    EcsClient ecs() {
        return clients.ecs();
    }

    /** What the load balancer answers. */
    String served() {
        return http(HttpRequest.newBuilder(sandbox.loadBalancerUrl()).build());
    }

    /** Makes the next calls of an operation fail. */
    void fault(String operation, String kind, int count) {
        String body = "{\"operation\":\"%s\",\"kind\":\"%s\",\"count\":%d}".formatted(operation, kind, count);
        http(HttpRequest.newBuilder(control("faults"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    void clearFaults() {
        http(HttpRequest.newBuilder(control("faults")).DELETE().build());
    }

    /** The operations that were called, as the sandbox recorded them. */
    String calls() {
        return http(HttpRequest.newBuilder(control("calls")).build());
    }

    void forgetCalls() {
        http(HttpRequest.newBuilder(control("calls")).DELETE().build());
    }

    private URI control(String name) {
        return sandbox.endpoint().resolve("/_sandbox/" + name);
    }

    private static String http(HttpRequest request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        clearFaults();
        clients.close();
    }
}
