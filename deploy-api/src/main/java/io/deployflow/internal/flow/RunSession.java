package io.deployflow.internal.flow;

import io.deployflow.flow.FlowSettings;
import io.deployflow.spi.ServiceEngine;
import java.time.Clock;
import java.util.List;

/**
 * What the jobs of a run share.
 *
 * @param id the run's
 * @param settings the flow
 * @param sources what it works with
 * @param place what it runs for
 * @param directory what it leaves
 * @param inPlace whether steps run in the source itself
 * @param mask hides what is secret in any job
 * @param unrestored is told of deploys that were not put back
 * @param teller is told of every event
 * @param engines run service containers
 * @param clock the time
 */
record RunSession(
        String id,
        FlowSettings settings,
        FlowSources sources,
        Place place,
        RunDirectory directory,
        boolean inPlace,
        SecretMask mask,
        Unrestored unrestored,
        FlowTeller teller,
        List<ServiceEngine> engines,
        Clock clock) {}
