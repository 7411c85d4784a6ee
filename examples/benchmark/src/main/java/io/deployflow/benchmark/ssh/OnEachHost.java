package io.deployflow.benchmark.ssh;

/** A way to run the same script on all hosts at once. */
@FunctionalInterface
interface OnEachHost {

    /**
     * Makes the local shell script that does it, and fails where one host fails.
     *
     * @param script what each host runs
     * @param input the file that the script reads, on this side
     */
    String onEach(Hosts hosts, String script, String input);
}
