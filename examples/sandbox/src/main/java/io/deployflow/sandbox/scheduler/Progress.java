package io.deployflow.sandbox.scheduler;

import java.time.Instant;

/** How far a service deployment is whose strategy shifts traffic. Changed by {@link StagedRollout} only. */
public final class Progress {

    private final Strategy strategy;
    private Stage stage = Stage.RECONCILE_SERVICE;
    private Instant since;
    private int step = -1;
    private double production;
    private double test;
    private boolean agreed;
    private boolean reconciled;

    /** Begins; {@code away} when a deployment before it left production traffic at tasks that are not to serve. */
    Progress(Strategy strategy, boolean away, Instant now) {
        this.strategy = strategy;
        this.reconciled = !away;
        this.since = now;
    }

    /** {@return how it goes on} */
    public Strategy strategy() {
        return strategy;
    }

    /** {@return where it is} */
    public Stage stage() {
        return stage;
    }

    /** {@return percent of production traffic that the new revision gets} */
    public double production() {
        return production;
    }

    /** {@return percent of test traffic that the new revision gets} */
    public double test() {
        return test;
    }

    Instant since() {
        return since;
    }

    void enter(Stage next, Instant now) {
        stage = next;
        since = now;
        agreed = false;
    }

    /** Goes one step of the production traffic further. */
    void shift(Instant now) {
        step++;
        production = strategy.steps().get(step);
        since = now;
        agreed = false;
    }

    boolean shifted() {
        return production == 100;
    }

    void shiftTest() {
        test = 100;
    }

    void takeBack() {
        production = 0;
        test = 0;
    }

    /** Whether production traffic is back where it was before any deployment that was left half done. */
    boolean reconciled() {
        return reconciled;
    }

    void reconcile() {
        reconciled = true;
    }

    /** Whether production traffic is, or may be, at tasks that are not to serve when this ends without success. */
    boolean away() {
        return production > 0 || !reconciled;
    }

    /** Whether all hooks of the stage have agreed since it was entered. */
    boolean agreed() {
        return agreed;
    }

    void agree() {
        agreed = true;
    }
}
