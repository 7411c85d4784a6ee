package io.deployflow.sandbox.balancer;

import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.SandboxImage;
import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.LoadBalancer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Real traffic through real HAProxy: a container for each listener, started when the listener is opened. */
public final class HaproxyBalancer implements LoadBalancer {
    private final Engine engine;
    private final ImageStore images;
    private final Map<String, HaproxyListener> listeners = new ConcurrentHashMap<>();

    /**
     * Over one engine.
     *
     * @param engine runs HAProxy
     * @param images where HAProxy's image comes from
     */
    public HaproxyBalancer(Engine engine, ImageStore images) {
        this.engine = engine;
        this.images = images;
    }

    @Override
    public int open(String listener, int wantedPort) {
        String image = images.ensure(SandboxImage.HAPROXY);
        HaproxyListener opened = HaproxyListener.open(engine, image, listener, wantedPort);
        listeners.put(listener, opened);
        return opened.port();
    }

    @Override
    public void route(String listener, List<Backend> backends) {
        HaproxyListener open = listeners.get(listener);
        if (open == null) {
            throw new IllegalArgumentException("No listener " + listener + " is open");
        }
        open.route(backends);
    }

    @Override
    public void close(String listener) {
        HaproxyListener open = listeners.remove(listener);
        if (open != null) {
            open.close();
        }
    }
}
