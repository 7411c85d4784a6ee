package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;

/** The faults that are still to be injected. */
final class Faults {

    private final List<Fault> faults = new ArrayList<>();

    synchronized void add(Fault fault) {
        faults.add(fault);
    }

    synchronized void clear() {
        faults.clear();
    }

    synchronized List<ObjectNode> list() {
        return faults.stream().map(Fault::json).toList();
    }

    /** The fault that befalls a call, counted down; the oldest that matches. */
    synchronized Optional<Fault> strike(AwsCall call) {
        for (ListIterator<Fault> each = faults.listIterator(); each.hasNext(); ) {
            Fault fault = each.next();
            if (fault.matches(call)) {
                countDown(each, fault);
                return Optional.of(fault).filter(Fault::strikes);
            }
        }
        return Optional.empty();
    }

    private static void countDown(ListIterator<Fault> position, Fault fault) {
        if (fault.next().spent()) {
            position.remove();
        } else {
            position.set(fault.next());
        }
    }
}
