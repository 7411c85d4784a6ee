package io.deployflow.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.deployflow.DeployFile;
import io.deployflow.Deployer;
import io.deployflow.compare.Comparison;
import io.deployflow.event.DeployListener;
import io.deployflow.spi.DeployAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the command line binds. Other modules add to the two sets: listeners and adapters. */
final class CliModule extends AbstractModule {
    private final Path file;
    private final List<String> targets;
    private final DeployListener view;
    private final Optional<HeadStart.Ahead> ahead;

    /**
     * For one command.
     *
     * @param file the deploy file
     * @param targets the targets that it is about
     * @param headStart may have read the file already
     */
    CliModule(Path file, List<String> targets, DeployListener view, HeadStart headStart) {
        this.file = file;
        this.targets = targets;
        this.view = view;
        this.ahead = headStart.of(file);
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), DeployListener.class).addBinding().toInstance(view);
        Multibinder<DeployAdapter<?>> adapters = Multibinder.newSetBinder(binder(), new TypeLiteral<>() {});
        ahead.map(HeadStart.Ahead::adapters)
                .orElseGet(HeadStart::adapters)
                .forEach(adapter -> adapters.addBinding().toInstance(adapter));
    }

    @Provides
    @Singleton
    DeployFile deployFile(Set<DeployAdapter<?>> adapters) {
        // Adapters that joined besides would have read the same: a type that only they know is a mistake to the others.
        DeployFile deployFile = ahead.filter(read -> adapters.containsAll(read.adapters()))
                .map(HeadStart.Ahead::deployFile)
                .orElseGet(() -> DeployFile.reader().adapters(adapters).read(file));
        // Here it fails with the name that is nearest.
        targets.forEach(deployFile::target);
        return deployFile;
    }

    @Provides
    Comparison.Builder comparison(
            DeployFile deployFile, Set<DeployAdapter<?>> adapters, Set<DeployListener> listeners) {
        Comparison.Builder builder = Comparison.builder().deployFile(deployFile);
        adapters.forEach(builder::adapter);
        listeners.forEach(builder::listener);
        return builder;
    }

    @Provides
    @Singleton
    Deployer deployer(DeployFile deployFile, Set<DeployAdapter<?>> adapters, Set<DeployListener> listeners) {
        Deployer.Builder builder = Deployer.builder().deployFile(deployFile);
        adapters.forEach(builder::adapter);
        listeners.forEach(builder::listener);
        return builder.build();
    }
}
