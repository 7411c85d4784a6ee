package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Timed;
import io.deployflow.sandbox.ssh.SshHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How one brings another Ruby to where the application runs, and takes it away again.
 *
 * @param road what the tables call it
 * @param doing a script
 * @param undoing a script
 */
record Upgrade(String road, String doing, String undoing) {
    /**
     * The same in words.
     *
     * @param road what the tables call it
     * @param there what a person does
     * @param back what a person does to have the old one again
     */
    record Words(String road, String there, String back) {
        /** All roads. */
        static List<Words> all() {
            return List.of(
                    new Words(Roads.CONTAINERS, "one word in the Dockerfile, one deploy", "one rollback"),
                    new Words(
                            Roads.HOSTS,
                            "on each host, at once: package source, pin, apt-get update and install, stop, start",
                            "on each host, at once: apt-get install of the older packages, stop, start"),
                    new Words(
                            Roads.THIRD_WAY,
                            "one word in the runtime's Dockerfile, one build; on each host, at once, another container",
                            "on each host, at once, the container of before"));
        }
    }

    /** The suite of the new Ruby. */
    static final String SUITE = "trixie";

    private static final String BASE = "debian:" + SUITE + "-slim";
    private static final String ENSURE_BASE = """
            docker image inspect %1$s > /dev/null 2>&1 || docker pull -q %1$s ||
                mmdebstrap --quiet --variant=minbase %2$s - "$(sed -n 's/^URIs: *//p; s/^deb  *\\(http[^ ]*\\) .*/\\1/p' /etc/apt/sources.list \
            /etc/apt/sources.list.d/* 2> /dev/null | head -n 1)" | docker import -c 'CMD ["bash"]' - %1$s
            """.formatted(BASE, SUITE);
    private static final String ON_HOST = """
            if [ -e /etc/apt/sources.list ]; then
                sed -n 's/ bookworm main/ %1$s main/p' /etc/apt/sources.list > /etc/apt/sources.list.d/%1$s.list
            else
                sed '/^$/q; s/bookworm/%1$s/g' /etc/apt/sources.list.d/debian.sources \\
                    > /etc/apt/sources.list.d/%1$s.sources
            fi
            printf 'Package: *\\nPin: release n=%1$s\\nPin-Priority: 100\\n' > /etc/apt/preferences.d/%1$s
            apt-get update -q
            DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends -t %1$s \\
                ruby puma ruby-rubygems rubygems-integration
            """.formatted(SUITE);
    private static final String BACK_ON_HOST = """
            DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends --allow-downgrades \
                ruby/bookworm puma/bookworm ruby-nio4r/bookworm ruby-sdbm/bookworm libruby/bookworm rake/bookworm \
                ruby-rubygems/bookworm rubygems-integration/bookworm
            """;
    // A phased restart would go on in the old Ruby: Puma's first process is of it.
    private static final String START_AGAIN = """
            su deploy -c 'cd /var/www/shop/current && pid=$(cat tmp/pids/puma.pid) && kill $pid &&
                while kill -0 $pid 2> /dev/null; do sleep 0.1; done; bin/restart'
            """;

    /** Makes sure of the image that the new Ruby comes in: it is no part of what is timed. */
    static Timed ensureBase(Bed bed) {
        return Bed.require(bed.sh(ENSURE_BASE));
    }

    /** All roads. */
    static List<Upgrade> all(Bed bed, Path sandbox) {
        return List.of(containers(), hosts(bed.hosts()), thirdWay(bed, sandbox));
    }

    private static Upgrade containers() {
        return new Upgrade(
                Roads.CONTAINERS,
                "sed -i 's/^FROM .*/FROM " + BASE + "/' docker/app/Dockerfile\ngit commit -qam 'Another Ruby'\n"
                        + "$DEPLOYFLOW deploy containers",
                "$DEPLOYFLOW rollback containers");
    }

    private static Upgrade hosts(List<SshHost> hosts) {
        return new Upgrade(
                Roads.HOSTS, onEach(hosts, ON_HOST + START_AGAIN), onEach(hosts, BACK_ON_HOST + START_AGAIN));
    }

    /** As root. */
    private static String onEach(List<SshHost> hosts, String script) {
        return atOnce(hosts.stream()
                .map(host -> "docker exec -i %s bash -e <<'HOST'%n%sHOST%n".formatted(host.container(), script))
                .toList());
    }

    /** Scripts side by side, for bash with {@code -e}: all of them end, and where one fails the whole does. */
    static String atOnce(List<String> scripts) {
        return "jobs=\n"
                + scripts.stream()
                        .map(script -> "(\n" + script + ") &\njobs=\"$jobs $!\"\n")
                        .collect(Collectors.joining())
                + "failed=0\nfor job in $jobs; do wait $job || failed=1; done\n[ $failed = 0 ]\n";
    }

    private static Upgrade thirdWay(Bed bed, Path sandbox) {
        String image = "deployflow-benchmark/runtime-" + bed.third().id();
        String build = """
                mkdir -p ../third-runtime && cp %1$s/* ../third-runtime
                sed -i 's/^FROM .*/FROM %2$s/' ../third-runtime/Dockerfile
                docker build -q -t %3$s ../third-runtime
                """.formatted(
                        sandbox.resolve("src/main/resources/io/deployflow/sandbox/images/app-runtime"), BASE, image);
        return new Upgrade(
                Roads.THIRD_WAY,
                build + replace(bed, image),
                replace(bed, "$OLD_RUNTIME") + "docker image rm -f " + image);
    }

    private static String replace(Bed bed, String image) {
        List<String> scripts = new ArrayList<>();
        for (int number = 0; number < Bed.UNITS; number++) {
            scripts.add("""
                    docker rm -f %1$s
                    owner=$(docker inspect -f '{{index .Config.Labels "io.deployflow.sandbox.owner"}}' %3$s)
                    docker run -d --name %1$s --label io.deployflow.sandbox=%2$s \\
                        --label "io.deployflow.sandbox.owner=$owner" --user 1000 --network container:%3$s \\
                        --pid container:%3$s --volumes-from %3$s %4$s
                    """.formatted(
                            bed.third().appContainers().get(number),
                            bed.third().id(),
                            bed.third().sshHosts().get(number).container(),
                            image));
        }
        return atOnce(scripts);
    }
}
