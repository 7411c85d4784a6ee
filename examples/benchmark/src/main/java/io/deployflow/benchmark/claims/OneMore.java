package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.ecs.Client;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** "Scaling out is quicker with containers": one unit more, until it serves what the others serve. */
final class OneMore implements Experiment {
    static final String PART = "one more";
    static final String SYSTEM = "system and packages, seconds";
    static final String RELEASE = "release, seconds";
    static final String TASK = "a task more";
    static final String PREPARED = "a host more, from an image with its packages";
    static final String BARE = "a host more, from Debian as it comes";
    static final List<String> NAMES = List.of(TASK, PREPARED, BARE);

    private static final double REPEATED = 0.4;
    private static final double MILLIS = 1000;
    private static final String START = """
            like=%1$s
            key=$(docker exec "$like" cat /etc/ssh/ssh_host_ed25519_key; echo .)
            who=$(docker exec "$like" cat /home/deploy/.ssh/authorized_keys)
            owner=$(docker inspect -f '{{index .Config.Labels "io.deployflow.sandbox.owner"}}' "$like")
            docker run -d --label io.deployflow.sandbox=%2$s --label "io.deployflow.sandbox.owner=$owner" -p 127.0.0.1::22 -p 127.0.0.1::3000 \\
                -e "HOST_KEY=${key%%.}" -e "AUTHORIZED_KEY=$who" %3$s > ../more
            """;
    private static final String ANSWERS = """
            port=$(docker port "$(cat ../more)" 22 | head -n 1 | sed 's/.*://')
            for _ in $(seq 300); do
                ! ssh-keyscan -T 1 -p "$port" 127.0.0.1 2> /dev/null | grep -q ed25519 || exit 0
                sleep 0.2
            done
            exit 1
            """;
    /** What the image of a prepared host is made of, done on the host itself. */
    private static final String INSTALL = """
            docker cp %s/entrypoint.sh "$(cat ../more):/entrypoint.sh"
            docker exec -i "$(cat ../more)" bash -e <<'HOST'
            apt-get update -q
            DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends curl openssh-server puma
            useradd --create-home --shell /bin/bash deploy
            install -d -o deploy -g deploy /var/www /var/www/shop
            install -d -m 0755 /run/sshd
            HOST
            docker exec -d "$(cat ../more)" bash /entrypoint.sh
            """;

    private final Study study;
    private final Supplier<Bed> bed;

    OneMore(Study study, Supplier<Bed> bed) {
        this.study = study;
        this.bed = bed;
    }

    @Override
    public String name() {
        return "scale";
    }

    static String step(String name, int run) {
        return name + " / run " + run;
    }

    private boolean isMissing(String name, int run) {
        return !study.figures().has(PART, step(name, run));
    }

    private int runs() {
        return Math.min(3, study.size().runs());
    }

    /** On two processors that do nothing else. */
    private static Duration planned(String name) {
        return Duration.ofSeconds(
                switch (name) {
                    case TASK -> 14;
                    case PREPARED -> 6;
                    default -> 45;
                });
    }

    private boolean isMissing() {
        return IntStream.rangeClosed(1, runs()).anyMatch(run -> NAMES.stream().anyMatch(name -> isMissing(name, run)));
    }

    @Override
    public void plan() {
        for (int run = 1; run <= runs(); run++) {
            for (String name : NAMES) {
                if (isMissing(name, run)) {
                    study.progress().plan(1, planned(name));
                }
            }
        }
    }

    @Override
    public void run() throws IOException {
        if (!isMissing()) {
            return;
        }
        Bed on = bed.get();
        on.application().greet("Hello to one more");
        Bed.require(on.sh("$DEPLOYFLOW deploy containers\n$DEPLOYFLOW deploy hosts"));
        for (int run = 1; run <= runs(); run++) {
            for (String name : NAMES) {
                if (isMissing(name, run) && study.mayRun(run, planned(name), REPEATED)) {
                    measure(on, name, run);
                } else if (isMissing(name, run)) {
                    study.progress().leftOut(planned(name), "no time for another run: " + step(name, run));
                }
            }
        }
    }

    private void measure(Bed on, String name, int run) throws IOException {
        Duration system = Duration.ZERO;
        Duration release;
        if (name.equals(TASK)) {
            release = Bed.require(on.sh("$DEPLOYFLOW scale containers " + (Bed.UNITS + 1)))
                    .wall();
            Bed.require(on.sh("$DEPLOYFLOW scale containers " + Bed.UNITS));
        } else {
            system = start(on, name.equals(BARE));
            release = join(on);
        }
        study.done(
                PART,
                step(name, run),
                Map.of(SYSTEM, system.toMillis() / MILLIS, RELEASE, release.toMillis() / MILLIS),
                planned(name),
                String.format(
                        Locale.ROOT,
                        "%s: %.1f s for its system, %.1f s for the release",
                        name,
                        system.toMillis() / MILLIS,
                        release.toMillis() / MILLIS));
    }

    private Duration start(Bed on, boolean bare) {
        String like = on.hosts().get(0).container();
        String image = bare ? "debian:bookworm-slim sleep infinity" : "$(docker inspect -f '{{.Config.Image}}' $like)";
        String folder = study.root()
                .resolve("examples/sandbox/src/main/resources/io/deployflow/sandbox/images/ssh-host")
                .toString();
        String script =
                START.formatted(like, on.main().id(), image) + (bare ? INSTALL.formatted(folder) : "") + ANSWERS;
        return Bed.require(on.sh(script)).wall();
    }

    /** Deploys what the others have to all of them, and asks the new one; then it goes again. */
    private Duration join(Bed on) throws IOException {
        String port = Bed.require(on.sh("docker port \"$(cat ../more)\" 22 | head -n 1 | sed 's/.*://'"))
                .output();
        on.joinHost(Integer.parseInt(port));
        Timed run = Bed.require(on.sh("$DEPLOYFLOW deploy more"));
        String app = Bed.require(on.sh("docker port \"$(cat ../more)\" 3000 | head -n 1 | sed 's/.*://'"))
                .output();
        String answer = Client.ask(URI.create("http://127.0.0.1:" + app + "/")).strip();
        if (!answer.equals("Hello to one more")) {
            throw new IllegalStateException("the host that came serves: " + answer);
        }
        Bed.require(on.sh("docker rm -f \"$(cat ../more)\""));
        return run.wall();
    }
}
