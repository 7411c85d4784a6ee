package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.CheckReport;
import io.deployflow.DeployException;
import io.deployflow.OperationReport;
import io.deployflow.Report;
import java.util.stream.Collectors;

/**
 * What a person is told of something they did.
 *
 * @param isDone whether all was done that was asked for; of a broken release, that it was taken back and why
 * @param isUnsure whether it says itself that what served before may not serve
 * @param said why it was not done
 * @param remedy what to do about it
 */
record CallVerdict(boolean isDone, boolean isUnsure, String said, String remedy) {
    static final CallVerdict DONE = new CallVerdict(true, false, "", "");

    static CallVerdict failed(DeployException failure) {
        return new CallVerdict(false, false, String.valueOf(failure.getMessage()), failure.remedy());
    }

    static CallVerdict of(Report report) {
        return report.failure()
                .map(failure -> new CallVerdict(
                        false,
                        report.outcome() == Report.Outcome.NOT_RESTORED,
                        String.valueOf(failure.getMessage()),
                        failure.remedy()))
                .orElse(DONE);
    }

    static CallVerdict of(OperationReport report) {
        return report.failure().map(CallVerdict::failed).orElse(DONE);
    }

    static CallVerdict of(CheckReport report) {
        String wrong = report.checks().stream()
                .filter(check -> check.outcome() != Check.Outcome.OK)
                .map(check -> check.detail() + "; " + check.remedy())
                .collect(Collectors.joining("\n"));
        return wrong.isEmpty() ? DONE : new CallVerdict(false, false, wrong, wrong);
    }

    /** Of what goes on although it should not: that must have been said. */
    static CallVerdict warned(CallStage stage, String of) {
        String said = stage.warnings().stream()
                .filter(warning -> warning.contains(of))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was said"));
        return new CallVerdict(false, false, said, said);
    }

    /** Of a release that must not go live: done is that what served before serves again, and that it is said why. */
    static CallVerdict ofBroken(Report report, String why) {
        CallVerdict verdict = of(report);
        if (verdict.isDone()) {
            throw new AssertionError("a broken release was called a success");
        }
        boolean isDone =
                report.outcome() == Report.Outcome.RESTORED && verdict.said().contains(why);
        return isDone ? DONE : verdict;
    }
}
