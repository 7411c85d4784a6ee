package io.deployflow.embedding;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.deployflow.DeployFile;
import io.deployflow.Deployer;
import java.io.PrintStream;

/**
 * The same tool where a team wires its own with Guice:
 * {@code Guice.createInjector(module).getInstance(TeamDeploy.class)}.
 */
public final class TeamModule extends AbstractModule {
    private final DeployFile file;
    private final PrintStream room;

    /**
     * Wires the tool.
     *
     * @param file what to deploy, and where to
     * @param room where the team reads
     */
    public TeamModule(DeployFile file, PrintStream room) {
        this.file = file;
        this.room = room;
    }

    @Provides
    @Singleton
    Deployer deployer() {
        return Deployer.builder()
                .deployFile(file)
                .listener(TeamDeploy.announcer(room))
                .build();
    }

    @Provides
    TeamDeploy teamDeploy(Deployer deployer) {
        return new TeamDeploy(deployer, room);
    }
}
