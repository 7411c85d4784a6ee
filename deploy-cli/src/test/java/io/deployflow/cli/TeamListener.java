package io.deployflow.cli;

import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A listener of a team's own, found by the service loader or bound by {@link TeamModule}. */
public final class TeamListener implements DeployListener {
    static final List<String> HEARD = Collections.synchronizedList(new ArrayList<>());

    private final String name;

    /** For the service loader. */
    public TeamListener() {
        this("service");
    }

    TeamListener(String name) {
        this.name = name;
    }

    @Override
    public void onEvent(DeployEvent event) {
        HEARD.add(name + " " + event.target());
    }
}
