package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Run;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * This project's command line.
 *
 * @param bed where
 * @param name what the tables call it
 * @param target of the {@code deploy.yml}
 * @param addresses where clients ask
 */
record OwnRoad(Bed bed, String name, String target, List<URI> addresses) implements Road {
    OwnRoad {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Took deploy() throws IOException {
        return run("deploy");
    }

    @Override
    public Took rollback() throws IOException {
        return run("rollback");
    }

    private Took run(String verb) throws IOException {
        Run run = bed.command().run(verb, target, (phase, took) -> {});
        return new Took(run.exitCode(), run.wall(), run.phases(), run.failure());
    }
}
