package io.deployflow.sandbox;

/** Describes a {@link SimulatedSandbox} and starts it. */
public final class SimulationBuilder {

    private Timings timings = Timings.AWS;
    private double speed;

    SimulationBuilder() {}

    /**
     * How long AWS's part of things takes; {@link Timings#AWS} unless given.
     *
     * @param chosen the clock
     * @return this builder
     */
    public SimulationBuilder clock(Timings chosen) {
        this.timings = chosen;
        return this;
    }

    /**
     * Lets time pass by itself; without this it stands still until {@link SimulatedSandbox#advance}.
     *
     * @param factor virtual seconds in a real one, above 0
     * @return this builder
     */
    public SimulationBuilder speed(double factor) {
        if (factor <= 0) {
            throw new IllegalArgumentException("speed must be above 0: " + factor);
        }
        this.speed = factor;
        return this;
    }

    /**
     * Starts it, with the cluster and the repository of {@link io.deployflow.sandbox.team.Team} and no service.
     *
     * @return a running sandbox
     */
    public SimulatedSandbox start() {
        SimulatedSandbox sandbox = new SimulatedSandbox(timings);
        if (speed > 0) {
            sandbox.run(speed);
        }
        return sandbox;
    }
}
