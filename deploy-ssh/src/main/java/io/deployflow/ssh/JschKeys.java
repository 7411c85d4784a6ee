package io.deployflow.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Private keys in files; each is read once, however many hosts it is offered to. */
final class JschKeys {
    private final Map<Path, Key> keys = new HashMap<>();

    /**
     * A key file.
     *
     * @param usable what can be signed with: one with a certificate, where there is one, and the key itself
     * @param problem why nothing can; otherwise empty
     */
    record Key(List<Identity> usable, String problem) {}

    /** The key in a file. */
    synchronized Key in(Path file) {
        return keys.computeIfAbsent(file, JschKeys::read);
    }

    private static Key read(Path file) {
        if (!Files.isReadable(file)) {
            return new Key(List.of(), "cannot be read");
        }
        try {
            JSch jsch = new JSch();
            jsch.addIdentity(file.toString());
            Identity key = jsch.getIdentityRepository().getIdentities().get(0);
            return key.isEncrypted() ? new Key(List.of(), "has a passphrase") : new Key(List.of(key), "");
        } catch (JSchException e) {
            return new Key(List.of(), "is not a private key: " + e.getMessage());
        }
    }

    /** The public half of a key file, from beside it or from itself. */
    Optional<byte[]> publicHalf(Path file) {
        return PublicKeyFile.read(Path.of(file + ".pub"))
                .or(() -> PublicKeyFile.read(file))
                .or(() -> in(file).usable().stream().findFirst().map(Identity::getPublicKeyBlob));
    }
}
