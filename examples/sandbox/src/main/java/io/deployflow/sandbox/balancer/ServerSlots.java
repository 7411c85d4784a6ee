package io.deployflow.sandbox.balancer;

import io.deployflow.sandbox.port.Backend;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which backend has which of HAProxy's server slots, and the commands that lead from one set of backends to the next.
 * The slot that has been free for longest is taken first: requests that a removed backend still serves keep its slot's
 * old address.
 */
final class ServerSlots {
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final Map<String, Backend.State> states = new LinkedHashMap<>();
    private final Map<Integer, Integer> weights = new HashMap<>();
    private final Deque<Integer> free;

    ServerSlots(int count) {
        this.free = new ArrayDeque<>(IntStream.rangeClosed(1, count).boxed().toList());
    }

    /**
     * Changes to a new set of backends.
     *
     * @return commands of the runtime API, in an order in which a backend comes in before another goes
     * @throws IllegalStateException when there are more backends than slots
     */
    List<String> change(List<Backend> wanted) {
        List<String> coming = new ArrayList<>();
        List<String> going = new ArrayList<>();
        for (Backend backend : wanted) {
            (getsMore(backend) ? coming : going).addAll(set(backend));
        }
        Set<String> addresses = wanted.stream().map(ServerSlots::address).collect(Collectors.toSet());
        for (String address : List.copyOf(slots.keySet())) {
            if (!addresses.contains(address)) {
                going.add(remove(address));
            }
        }
        coming.addAll(going);
        return coming;
    }

    /** Whether a backend gets requests that others get now, or goes on as it is. */
    private boolean getsMore(Backend backend) {
        Integer slot = slots.get(address(backend));
        return backend.state() == Backend.State.READY && (slot == null || backend.weight() >= weight(slot));
    }

    private int weight(int slot) {
        return weights.getOrDefault(slot, Backend.FULL_WEIGHT);
    }

    private List<String> set(Backend backend) {
        String address = address(backend);
        List<String> commands = new ArrayList<>();
        if (!slots.containsKey(address)) {
            commands.add("set server " + HaproxyConfig.server(take(address)) + " addr " + backend.host() + " port "
                    + backend.port());
        }
        int slot = slot(address);
        if (weight(slot) != backend.weight()) {
            weights.put(slot, backend.weight());
            commands.add("set server " + HaproxyConfig.server(slot) + " weight " + backend.weight());
        }
        if (states.put(address, backend.state()) != backend.state()) {
            commands.add("set server " + server(address) + " state " + word(backend.state()));
        }
        return commands;
    }

    private int take(String address) {
        Integer slot = free.poll();
        if (slot == null) {
            throw new IllegalStateException("A listener of the sandbox has at most " + slots.size() + " targets");
        }
        slots.put(address, slot);
        return slot;
    }

    private String remove(String address) {
        String command = "set server " + server(address) + " state maint";
        states.remove(address);
        Integer slot = slots.remove(address);
        if (slot != null) {
            free.add(slot);
        }
        return command;
    }

    private String server(String address) {
        return HaproxyConfig.server(slot(address));
    }

    private int slot(String address) {
        Integer slot = slots.get(address);
        if (slot == null) {
            throw new IllegalStateException(address + " has no slot");
        }
        return slot;
    }

    private static String word(Backend.State state) {
        return switch (state) {
            case READY -> "ready";
            case DRAINING, DOWN -> "drain";
        };
    }

    private static String address(Backend backend) {
        return backend.host() + ":" + backend.port();
    }
}
