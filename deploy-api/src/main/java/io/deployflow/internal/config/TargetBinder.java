package io.deployflow.internal.config;

import io.deployflow.Target;
import io.deployflow.internal.config.bind.Binder;
import io.deployflow.internal.config.bind.Shapes;
import io.deployflow.internal.config.bind.Subject;
import io.deployflow.internal.config.text.Suggestions;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.spi.DeployAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes targets of their sections: some keys are the same for all, the rest is the adapter's. */
final class TargetBinder {
    static final String TYPE = "type";

    private final Adapters adapters;
    private final Binder binder;
    private final Mistakes mistakes;

    TargetBinder(Adapters adapters, Binder binder, Mistakes mistakes) {
        this.adapters = adapters;
        this.binder = binder;
        this.mistakes = mistakes;
    }

    /** Makes a target, unless there is a mistake in it. */
    Optional<Target> bind(MapNode.Entry entry) {
        return binder.map(entry).flatMap(section -> bind(entry.key(), section, Subject.of(entry)));
    }

    private Optional<Target> bind(String name, MapNode section, Subject subject) {
        Optional<DeployAdapter<?>> adapter = adapter(section, subject);
        Optional<TargetKeys> common = binder.section(TargetKeys.class, section, subject);
        Optional<? extends Record> settings = adapter.flatMap(known -> settings(known, section, subject));
        if (adapter.isEmpty() || common.isEmpty() || settings.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Target(
                name,
                adapter.get().type(),
                settings.get(),
                common.get().verification(),
                common.get().isProtected()));
    }

    private Optional<DeployAdapter<?>> adapter(MapNode section, Subject subject) {
        Optional<MapNode.Entry> type = section.entry(TYPE);
        if (type.isEmpty()) {
            mistakes.add(subject.location(), "missing key '" + TYPE + "' in " + subject.name() + "; " + knownTypes());
        }
        return type.flatMap(entry -> binder.text(entry).flatMap(text -> adapter(text, entry)));
    }

    private Optional<DeployAdapter<?>> adapter(String type, MapNode.Entry entry) {
        Optional<DeployAdapter<?>> adapter = adapters.find(type);
        if (adapter.isEmpty()) {
            String hint = adapters.types().didYouMean(type);
            mistakes.add(entry.value().location(), "unknown type '" + type + "'; " + knownTypes() + hint);
        }
        return adapter;
    }

    private Optional<? extends Record> settings(DeployAdapter<?> adapter, MapNode section, Subject subject) {
        List<String> known = new ArrayList<>(List.of(TYPE));
        known.addAll(Shapes.names(TargetKeys.class));
        known.addAll(Shapes.names(adapter.settings()));
        binder.checkKeys(section, new Suggestions(known));
        return binder.section(adapter.settings(), section, subject);
    }

    private String knownTypes() {
        return adapters.all().isEmpty()
                ? "there is no adapter on the class path"
                : "the types are " + adapters.types().list();
    }
}
