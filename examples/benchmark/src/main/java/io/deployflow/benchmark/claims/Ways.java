package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.benchmark.ecs.Lane;
import io.deployflow.benchmark.swarm.Losses;
import io.deployflow.benchmark.swarm.Swarm;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.ssh.CapistranoProject;
import io.deployflow.sandbox.ssh.CapistranoRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The ways to bring a changed file to many units, each on the same hosts in a directory of its own, and ECS. */
final class Ways implements ManyUnits.Tries {
    static final String CAPISTRANO = "Capistrano 3.17";
    static final String MODEL = "Capistrano's way";
    static final String ONCE = "deployflow without retry";
    static final String OURS = "deployflow";
    static final String ECS = "ECS";
    static final List<String> NAMES = List.of(CAPISTRANO, MODEL, ONCE, OURS, ECS);

    private static final String OURS_DIRECTORY = "small";
    private static final int PERCENT = 100;
    private static final int REPEATED_SPEED = 10;
    private static final int CALLS = 60;
    private static final int FILES = 20;
    private static final int BYTES = 1000;
    private static final int LOSSLESS = 2;
    private static final int FEW = 3;
    private static final int MANY = 50;

    private final Study study;
    private final Swarm swarm;
    private final Sandbox sandbox;
    private final Source source;
    private final Path place;
    private final Connects connects;
    private final Map<String, Lane> lanes = new HashMap<>();
    private int releases = 1;

    private Ways(Study study, Swarm swarm, Sandbox sandbox, Source source, Path place) {
        this.study = study;
        this.swarm = swarm;
        this.sandbox = sandbox;
        this.source = source;
        this.place = place;
        this.connects = new Connects(swarm, source, place);
    }

    /** Starts the hosts and Capistrano's machine, which may log in to all of them, and deploys to them once. */
    static Ways start(Study study) throws IOException {
        Path place = Files.createDirectory(study.folder().resolve("many"));
        Source source = Source.make(place.resolve("app"), FILES, BYTES);
        Swarm swarm = Swarm.start(study.size().mostUnits(), Files.createDirectory(place.resolve("swarm")));
        try {
            Sandbox sandbox = capistrano(swarm, source, place);
            study.uses("Capistrano " + sandbox.capistrano().version());
            Ways ways = new Ways(study, swarm, sandbox, source, place);
            ways.prepare();
            return ways;
        } catch (IOException | RuntimeException e) {
            swarm.close();
            throw e;
        }
    }

    private static Sandbox capistrano(Swarm swarm, Source source, Path place) throws IOException {
        Sandbox sandbox = Sandbox.builder()
                .sshHosts(1)
                .capistrano(source.directory())
                .folder(Files.createDirectory(place.resolve("capistrano")))
                .start();
        Timed key = TimedCommand.run(
                List.of("ssh-keygen", "-y", "-f", sandbox.identity().toString()), Map.of());
        swarm.authorize(key.output());
        sandbox.capistrano().trust(Files.readString(swarm.knownHosts()));
        return sandbox;
    }

    /**
     * How often a whole deploy is measured at most: as far as it is within a way's reach on this machine, and as far as
     * repeating it tells more than {@link #repeats} do for less.
     */
    static int runs(Case one, Size size) {
        if (one.way().equals(CAPISTRANO) && one.units() > size.mostForCapistrano()) {
            return 0;
        }
        return size.isQuick() ? quickRuns(one, size) : runsInFull(one, size);
    }

    /**
     * Where nothing fails, two runs tell the time, and there is nothing to try again. Where connects fail, a whole
     * deploy shows that the failures of connects are the failures of deploys; Capistrano itself has nothing that would
     * take less.
     */
    private static int runsInFull(Case one, Size size) {
        boolean lossy = one.percent() > 0;
        int lossless = one.units() >= MANY ? 1 : Math.min(LOSSLESS, size.runs());
        return switch (one.way()) {
            case CAPISTRANO -> lossy ? Math.min(FEW, size.lossyRuns()) : lossless;
            case ONCE -> lossy ? 1 : 0;
            case ECS -> !lossy && one.units() == size.mostForCapistrano() ? Math.min(FEW, size.runs()) : 1;
            default -> lossy ? 1 : lossless;
        };
    }

    /** One unit fails too seldom to be tried; where nothing fails, what takes least is repeated. */
    private static int quickRuns(Case one, Size size) {
        boolean most = one.units() == size.mostUnits();
        if (one.percent() > 0) {
            return switch (one.way()) {
                case CAPISTRANO -> most ? Math.min(FEW, size.lossyRuns()) : 0;
                case ONCE, OURS -> most ? 1 : 0;
                default -> 0;
            };
        }
        return switch (one.way()) {
            case CAPISTRANO -> most ? 1 : LOSSLESS;
            case OURS -> most ? LOSSLESS : FEW;
            default -> 0;
        };
    }

    /**
     * How often it is repeated at most by what takes less than a whole deploy, and shows as well whether it succeeds.
     */
    static int repeats(Case one, Size size) {
        boolean tells = one.percent() > 0 && (!size.isQuick() || one.units() == size.mostUnits());
        boolean takesLess =
                !one.way().equals(CAPISTRANO) && !(size.isQuick() && one.way().equals(ECS));
        return tells && takesLess ? size.lossyRuns() : 0;
    }

    /** The first release with nothing lost; the hosts of Capistrano's way have its copy of the repository. */
    private void prepare() throws IOException {
        int most = study.size().mostUnits();
        seed(most);
        List<Case> first = List.of(new Case(CAPISTRANO, mostOfCapistrano(), 0), new Case(OURS, most, 0));
        for (Case one : first) {
            Trial trial = deploy(one, 0);
            if (!trial.succeeded() || trial.updated() < trial.units()) {
                throw new IllegalStateException(
                        "the first deploy of " + one + ": " + trial.words() + "; what it said is in " + study.words());
            }
        }
    }

    private void seed(int hosts) {
        String script = """
                git clone -q --mirror %1$s %2$s/mirror
                for host in %2$s/swarm/host-*; do mkdir -p $host/%3$s && cp -a %2$s/mirror $host/%3$s/repo; done
                """.formatted(source.directory(), place, directory(MODEL));
        Timed seeded = TimedCommand.run(List.of("sh", "-ec", script), Map.of());
        if (seeded.status() != 0) {
            throw new IllegalStateException(
                    "cannot copy the repository to %d hosts: %s".formatted(hosts, seeded.output()));
        }
    }

    private int mostOfCapistrano() {
        return study.size().units().stream()
                .mapToInt(units -> units)
                .filter(units -> units <= study.size().mostForCapistrano())
                .max()
                .orElse(1);
    }

    /** Changes a file, deploys it with losses by chance, and looks at every unit. */
    @Override
    public Trial deploy(Case one, int run) throws IOException {
        if (one.way().equals(ECS)) {
            return tasks(one, run, 1);
        }
        source.change();
        swarm.lose(Losses.of(one.percent() / (double) PERCENT, run));
        long start = System.nanoTime();
        boolean succeeded = switch (one.way()) {
            case CAPISTRANO -> capistrano(one.units());
            case MODEL -> model(one.units());
            default -> ours(one, run);
        };
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        swarm.lose(Losses.NONE);
        return new Trial(succeeded, wall, one.units(), updated(one));
    }

    /** Whether it succeeds with losses by chance: by its connects alone, or on a clock that goes ten times as fast. */
    @Override
    public boolean repeat(Case one, int run) throws IOException {
        // Other losses than whole deploys meet.
        int seed = PERCENT + run;
        if (one.way().equals(ECS)) {
            return tasks(one, seed, REPEATED_SPEED).succeeded();
        }
        swarm.lose(Losses.of(one.percent() / (double) PERCENT, seed));
        boolean succeeded = connects.failure(one).isEmpty();
        swarm.lose(Losses.NONE);
        return succeeded;
    }

    private int updated(Case one) throws IOException {
        String directory = directory(one.way());
        int updated = 0;
        for (int number = 1; number <= one.units(); number++) {
            if (live(number, directory).equals(source.versionText())) {
                updated++;
            }
        }
        return updated;
    }

    private String live(int number, String directory) throws IOException {
        try {
            return swarm.live(number, directory, Source.CHANGING);
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    private static String directory(String way) {
        return switch (way) {
            case CAPISTRANO -> "capistrano";
            case MODEL -> "model";
            default -> OURS_DIRECTORY;
        };
    }

    private boolean capistrano(int units) throws IOException {
        CapistranoProject project = new CapistranoProject(
                "small",
                swarm.pathOnHosts(directory(CAPISTRANO)).toString(),
                "main",
                swarm.hosts(units),
                List.of(
                        "set :keep_releases, 1000",
                        "set :repo_url, \"file://" + source.directory() + "\"",
                        "set :tmp_dir, \"" + swarm.pathOnHosts("tmp") + "\""));
        CapistranoRun run = sandbox.capistrano().run(project, "production", "deploy");
        if (run.status() != 0) {
            study.keepWords(CAPISTRANO + ", " + units + " hosts", run.output());
        }
        return run.status() == 0;
    }

    private boolean model(int units) {
        return new CapistranoWay(swarm.identity(), source.directory(), swarm.pathOnHosts(directory(MODEL)))
                .deploy(swarm.hosts(units), "%014d".formatted(releases++))
                .isEmpty();
    }

    private boolean ours(Case one, int run) throws IOException {
        Path file = connects.deployFile(one);
        String launcher = study.root().resolve("bin/deployflow").toString();
        Timed deployed = TimedCommand.run(
                List.of(launcher, "deploy", "many", "--file", file.toString(), "--output", "plain"), Map.of());
        if (deployed.status() != 0) {
            study.keepWords(one + ", run " + run, deployed.output());
        }
        return deployed.status() == 0;
    }

    /** Both what is asked of ECS and what it starts fails by chance. */
    private Trial tasks(Case one, int run, int speed) throws IOException {
        String name = "lane-%d-%d".formatted(one.units(), speed);
        Lane lane = lanes.get(name);
        if (lane == null) {
            lane = Lane.start(study.root(), place.resolve(name), Timings.FAST, List.of("puma"), one.units(), speed);
            lanes.put(name, lane);
        }
        double share = one.percent() / (double) PERCENT;
        Random random = new Random(run * (long) PERCENT + one.percent());
        if (share > 0) {
            lose(lane, share, random);
        }
        Script broken = Script.GOOD.failing("CannotPullContainerError: the registry does not answer");
        Lane.Deploy deploy = lane.deploy(() -> random.nextDouble() < share ? broken : Script.GOOD);
        lane.noFaults();
        boolean succeeded = deploy.run().exitCode() == 0;
        boolean serves = lane.record("puma").path("status").asText().equals("SUCCESSFUL");
        return new Trial(succeeded, deploy.run().wall(), one.units(), serves ? one.units() : 0);
    }

    /** After as many calls as chance wants, one gets no answer, and so on. */
    private static void lose(Lane lane, double share, Random random) {
        IntStream.range(0, CALLS).forEach(number -> {
            int skip = (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - share));
            lane.fault("*", "drop", skip, 1);
        });
    }

    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        sandbox.close();
        swarm.close();
    }
}
