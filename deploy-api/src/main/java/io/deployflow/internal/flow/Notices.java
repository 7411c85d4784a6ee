package io.deployflow.internal.flow;

import io.deployflow.Secret;
import io.deployflow.flow.FlowListener;
import io.deployflow.flow.NotifySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the listeners that the file asks for. */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private Notices() {}

    static List<FlowListener> of(NotifySettings settings, FlowSources sources, Place place) {
        Map<String, String> environment = sources.environment();
        NoticeHttp http = NoticeHttp.telling(LOG::warn);
        List<FlowListener> listeners = new ArrayList<>();
        settings.webhook()
                .flatMap(name -> secret(environment, name))
                .ifPresent(url ->
                        listeners.add(new WebhookListener(sources.application().name(), url, http, place.link())));
        settings.github()
                .ifPresent(repository -> secret(environment, settings.githubToken())
                        .ifPresent(token -> listeners.add(new GithubListener(
                                settings.githubApi() + "/repos/" + repository, token, http, place.link()))));
        return listeners;
    }

    private static Optional<Secret> secret(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Secret::of);
    }
}
