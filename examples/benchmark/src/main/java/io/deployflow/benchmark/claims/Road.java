package io.deployflow.benchmark.claims;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A tool on a road: how one brings a commit to two units, and takes it back. */
interface Road {

    /**
     * One command, or the few that people type one after the other.
     *
     * @param exitCode of the last
     * @param wall from the first one's start to the last one's end
     * @param phases of it, where the tool tells them
     * @param words what it said when it failed
     */
    record Took(int exitCode, Duration wall, Map<String, Duration> phases, String words) {}

    /** What the tables call it. */
    String name();

    /** Where clients ask. */
    List<URI> addresses();

    /** Deploys the newest commit. */
    Took deploy() throws IOException;

    /** Goes back to what was served before the last deploy. */
    Took rollback() throws IOException;
}
