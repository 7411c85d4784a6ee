package io.deployflow.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Inject;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.deployflow.event.DeployListener;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;

/** A module of a team's own, found by the service loader: binds a listener and an adapter. */
public final class TeamModule extends AbstractModule {
    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), DeployListener.class).addBinding().toInstance(new TeamListener("module"));
        Multibinder.newSetBinder(binder(), new TypeLiteral<DeployAdapter<?>>() {})
                .addBinding()
                .to(TeamAdapter.class);
    }

    /** An adapter that needs a container to be made. */
    static final class TeamAdapter implements DeployAdapter<FakeSettings> {
        private final FakeAdapter fake;

        @Inject
        TeamAdapter(FakeAdapter fake) {
            this.fake = fake;
        }

        @Override
        public String type() {
            return "team";
        }

        @Override
        public Class<FakeSettings> settings() {
            return fake.settings();
        }

        @Override
        public Pipeline<?, ?> open(FakeSettings settings, DeployContext context) {
            return fake.open(settings, context);
        }
    }
}
