package io.deployflow.sandbox.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts tasks of a service, as far as there is capacity. */
final class TaskStarter {

    private final ServiceState service;
    private final Ids ids;

    TaskStarter(ServiceState service, Ids ids) {
        this.service = service;
        this.ids = ids;
    }

    void start(Deployment deployment, int count, Instant now) {
        if (count == 0) {
            return;
        }
        service.steady = false;
        List<Task> started = new ArrayList<>();
        Optional<String> shortage = Optional.empty();
        while (started.size() < count && shortage.isEmpty()) {
            Task task = new Task(ids.task(), deployment.id(), deployment.plan(), now);
            shortage = service.capacity.reserve(task.id(), deployment.plan().demand());
            if (shortage.isEmpty()) {
                started.add(task);
                service.tasks.put(task.id(), task);
            }
        }
        shortage.ifPresent(what -> service.events.noInstance(service.capacity.instance(), what, now));
        if (!started.isEmpty()) {
            service.events.started(started, now);
        }
    }
}
