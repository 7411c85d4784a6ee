package io.deployflow.cli;

import io.deployflow.Operation;
import io.deployflow.OperationReport;
import java.util.List;

/** What an operation did, in words. */
final class OperationLines {
    private OperationLines() {}

    /** Each unit, and what became of it; none for a command, whose output has been shown. */
    static List<String> units(OperationReport report, Style style) {
        if (showsItself(report.operation())) {
            return List.of();
        }
        Table table = new Table();
        for (OperationReport.Unit unit : report.units()) {
            table.row(
                    style.marked(unit.succeeded(), unit.unit()),
                    unit.succeeded() ? unit.state() : style.red(unit.state()),
                    unit.detail());
        }
        return table.lines("  ", style.width());
    }

    /** Whether what units wrote is the answer, so that nothing else is to stand on the output. */
    static boolean showsItself(Operation operation) {
        return operation == Operation.EXEC || operation == Operation.RUN || operation == Operation.LOGS;
    }

    private static boolean all(String state, OperationReport report) {
        return report.units().stream().allMatch(unit -> unit.state().equals(state));
    }

    /** How the target is now. */
    static String conclusion(OperationReport report, Style style) {
        String target = style.bold(report.target());
        int all = report.units().size();
        long well =
                report.units().stream().filter(OperationReport.Unit::succeeded).count();
        if (well < all) {
            return target + ": " + report.operation().word() + style.red(" failed on " + (all - well) + " of " + all);
        }
        return target + ": "
                + switch (report.operation()) {
                    case LOCK -> style.green("locked") + "; 'unlock' lets deploys in again";
                    case UNLOCK -> all("free", report) ? "was not locked" : style.green("unlocked");
                    case MAINTENANCE ->
                        "the maintenance page is "
                                + style.green(report.units().get(0).state());
                    case EXEC -> "done on " + all + (all == 1 ? " unit" : " units");
                    case RUN -> "done";
                    case LOGS -> all == 0 ? "nothing was written" : "read of " + all + (all == 1 ? " unit" : " units");
                    case SCALE -> style.green("scaled");
                    case BUILD -> style.green("built");
                    case PRUNE -> all("unchanged", report) ? "nothing to prune" : style.green("pruned");
                };
    }
}
