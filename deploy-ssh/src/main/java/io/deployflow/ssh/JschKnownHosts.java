package io.deployflow.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What known_hosts says of one endpoint, as JSch asks for it; remembers the key that the server showed. */
final class JschKnownHosts implements HostKeyRepository {
    // JSch then finds out by the key itself.
    private static final int ANY_TYPE = 0;

    private final KnownHosts known;
    private final Endpoint endpoint;
    private byte[] shown = new byte[0];

    JschKnownHosts(KnownHosts known, Endpoint endpoint) {
        this.known = known;
        this.endpoint = endpoint;
    }

    KnownHosts known() {
        return known;
    }

    /** The key that the server showed; none while it has not come so far. */
    HostKeyShown shown() {
        return new HostKeyShown(shown);
    }

    @Override
    public int check(String host, byte[] key) {
        shown = key.clone();
        List<String> names = endpoint.knownNames();
        if (names.stream().anyMatch(name -> known.revoking(name, key).isPresent())) {
            return CHANGED;
        }
        for (String name : names) {
            if (known.trusts(name, key)) {
                return OK;
            }
            if (!known.of(name).isEmpty()) {
                return CHANGED;
            }
        }
        return NOT_INCLUDED;
    }

    @Override
    public HostKey[] getHostKey() {
        return hostKeys(known.entries());
    }

    // JSch asks for a host's keys to learn in what order to ask the server for them.
    @Override
    public HostKey[] getHostKey(String host, String type) {
        return hostKeys(endpoint.knownNames().stream()
                .flatMap(name -> known.of(name).stream())
                .filter(entry -> type == null || entry.type().equals(type))
                .toList());
    }

    private static HostKey[] hostKeys(List<KnownHost> entries) {
        List<HostKey> keys = new ArrayList<>();
        entries.forEach(entry -> hostKey(entry).ifPresent(keys::add));
        return keys.toArray(HostKey[]::new);
    }

    // A line that holds no key trusts none.
    private static Optional<HostKey> hostKey(KnownHost entry) {
        try {
            byte[] key = Base64.getDecoder().decode(entry.key());
            return Optional.of(new HostKey(entry.marker(), entry.names(), ANY_TYPE, key, ""));
        } catch (IllegalArgumentException | JSchException e) {
            return Optional.empty();
        }
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return known.names();
    }

    @Override
    public void add(HostKey key, UserInfo user) {
        throw new UnsupportedOperationException("known_hosts is never written");
    }

    @Override
    public void remove(String host, String type) {
        throw new UnsupportedOperationException("known_hosts is never written");
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        throw new UnsupportedOperationException("known_hosts is never written");
    }
}
