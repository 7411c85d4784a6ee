package io.deployflow.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;

/** The keys that one connection offers, in their order, as JSch asks for them; and their names for a message. */
final class JschOffer implements IdentityRepository {
    private final List<Identity> keys = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** Offers a key after the others. */
    void add(Identity key, String from) {
        keys.add(key);
        names.add(key.getName() + " (" + key.getAlgName() + from + ")");
    }

    /** Says why something was not offered. */
    void note(String text) {
        names.add(text);
    }

    int size() {
        return keys.size();
    }

    List<String> names() {
        return List.copyOf(names);
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
