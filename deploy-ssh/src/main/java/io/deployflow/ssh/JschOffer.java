package io.deployflow.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.Stream;

/** The keys that one connection offers, in their order, as JSch asks for them; and their names for a message. */
final class JschOffer implements IdentityRepository {
    private final List<Identity> keys = new ArrayList<>();
    private final Map<Identity, String> from = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Offers a key after the others.
     *
     * @param where for a message: where it is, if not in a file
     */
    void add(Identity key, String where) {
        keys.add(key);
        from.put(key, where);
    }

    /** Says why something was not offered. */
    void note(String text) {
        notes.add(text);
    }

    int size() {
        return keys.size();
    }

    /** What was offered, and what was not and why. */
    List<String> names() {
        return Stream.concat(keys.stream().map(this::name), notes.stream()).toList();
    }

    private String name(Identity key) {
        String text = key.getName() + " (" + key.getAlgName() + from.getOrDefault(key, "") + ")";
        Optional<String> problem = key instanceof JschLockedKey locked ? locked.problem() : Optional.empty();
        return problem.map(why -> "not " + text + ", which " + why).orElse(text);
    }

    @Override
    @SuppressWarnings("JdkObsolete") // JSch's interface
    public Vector<Identity> getIdentities() {
        return new Vector<>(keys);
    }

    @Override
    public String getName() {
        return "the keys of this connection";
    }

    @Override
    public int getStatus() {
        return RUNNING;
    }

    @Override
    public boolean add(byte[] identity) {
        return false;
    }

    @Override
    public boolean remove(byte[] blob) {
        return false;
    }

    @Override
    public void removeAll() {
        // The keys are shared by all connections.
    }
}
