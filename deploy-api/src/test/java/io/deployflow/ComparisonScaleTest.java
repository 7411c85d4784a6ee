package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.deployflow.compare.ComparisonListener;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Scenario;
import io.deployflow.spi.OperationResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** One unit more: it goes again, whatever came of it. */
class ComparisonScaleTest extends Comparisons {
    private static final OperationResult DONE = new OperationResult(List.of(), Optional.empty());
    private static final OperationResult STUCK =
            new OperationResult(List.of(), Optional.of(new OperationException("stuck", "Look there.", null, null)));

    private ComparisonReport scaled(CancellationToken cancellation) {
        return builder().scenarios(Scenario.SCALE).runs(2).warmUps(0).build().run(cancellation);
    }

    private List<String> scalings() {
        return adapter.calls.stream().filter(call -> call.startsWith("scale")).toList();
    }

    @Test
    void run_ofOneUnitMore_measuresIt() {
        adapter.scale = Optional.of(count -> DONE);

        ComparisonReport report = scaled(CancellationToken.create());

        assertThat(report.runs()).hasSize(4).allSatisfy(run -> {
            assertThat(run.end()).isEqualTo(End.DEPLOYED);
            assertThat(run.rows()).extracting(ComparisonReport.Row::name).containsExactly("scale");
        });
    }

    @Test
    void run_whenTheUnitMoreDoesNotServe_takesItAwayAgain() {
        adapter.scale = Optional.of(count -> count > 0 ? STUCK : DONE);

        ComparisonReport report = scaled(CancellationToken.create());

        assertThat(report.runs()).hasSize(4).allSatisfy(run -> {
            assertThat(run.end()).isEqualTo(End.FAILED);
            assertThat(run.failure()).isEqualTo("stuck");
            assertThat(run.rows()).extracting(ComparisonReport.Row::name).containsExactly("scale");
        });
        assertThat(scalings())
                .containsExactly(
                        "scale 1", "scale 0", "scale 1", "scale 0", "scale 1", "scale 0", "scale 1", "scale 0");
        assertThat(report.cutShort()).isEmpty();
    }

    /** What would be measured with it there is another thing. */
    @Test
    void run_whenTheUnitMoreCannotBeTakenAwayAgain_endsAtOnceAndSaysSo() {
        adapter.scale = Optional.of(count -> count > 0 ? DONE : STUCK);

        ComparisonReport report = scaled(CancellationToken.create());

        assertThat(report.runs()).singleElement().satisfies(run -> {
            assertThat(run.end()).isEqualTo(End.FAILED);
            assertThat(run.failure()).isEqualTo("one unit less again: stuck");
        });
        assertThat(report.cutShort())
                .isEqualTo("a could not be put back after 'one unit more': one unit less again: stuck;"
                        + " a may have a unit more than before: stuck");
        assertThat(scalings()).containsExactly("scale 1", "scale 0", "scale 0");
    }

    @Test
    void run_whenCancelledWhileTheUnitIsAdded_takesItAwayAgainAndHasNoRun() {
        CancellationToken cancellation = CancellationToken.create();
        adapter.scale = Optional.of(count -> {
            if (count > 0) {
                cancellation.cancel();
                throw new DeployCancelledException();
            }
            return DONE;
        });

        ComparisonReport report = scaled(cancellation);

        assertThat(report.runs()).isEmpty();
        assertThat(report.cutShort()).isEqualTo("it was cancelled");
        assertThat(scalings()).containsExactly("scale 1", "scale 0");
    }

    @Test
    void run_ofOneUnitMore_hasNoRequestThatFailedWhileItWasTakenAway() throws IOException {
        AtomicBoolean fails = new AtomicBoolean();
        Semaphore failed = new Semaphore(0);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean isFailure = fails.get();
            exchange.sendResponseHeaders(isFailure ? 503 : 200, -1);
            exchange.close();
            if (isFailure) {
                failed.release();
            }
        });
        server.start();
        adapter.scale = Optional.of(count -> {
            fails.set(count == 0);
            if (count == 0) {
                // A client that asks a second time has noted what became of the first.
                failed.acquireUninterruptibly(2);
            }
            return DONE;
        });
        try {
            ComparisonReport report = builder()
                    .scenarios(Scenario.SCALE)
                    .runs(1)
                    .warmUps(0)
                    .clients(
                            "a",
                            List.of(URI.create(
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/")))
                    .build()
                    .run(CancellationToken.create());

            assertThat(report.runs("a", Scenario.SCALE))
                    .singleElement()
                    .satisfies(run -> assertThat(run.visits().failed()).isZero());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void run_whenAllUnitsButOneCannotBeDeployedTo_isARunThatFailed() {
        adapter.fewer = Optional.of(new FakeAdapter.Settings("all but the last"));
        adapter.hooks.put("build", () -> {
            if (adapter.opened.get(adapter.opened.size() - 1).equals("all but the last")) {
                throw new BuildException("no compiler", "Install one.");
            }
        });

        assertThat(scaled(CancellationToken.create()).runs()).hasSize(4).allSatisfy(run -> {
            assertThat(run.end()).isEqualTo(End.FAILED);
            assertThat(run.failure()).isEqualTo("all units but one, with a new release, unmeasured: no compiler");
        });
    }

    @Test
    void run_whereThereCannotBeOneUnitMore_tellsOfEachRunOnce() {
        List<Run> told = new ArrayList<>();
        ComparisonReport report = builder()
                .scenarios(Scenario.CHANGE, Scenario.SCALE)
                .runs(2)
                .warmUps(0)
                .progress(new ComparisonListener() {
                    @Override
                    public void ended(Run run, int done, int total, Duration left) {
                        told.add(run);
                    }
                })
                .build()
                .run(CancellationToken.create());

        assertThat(report.omissions()).hasSize(2);
        assertThat(told).isEqualTo(report.runs());
    }
}
