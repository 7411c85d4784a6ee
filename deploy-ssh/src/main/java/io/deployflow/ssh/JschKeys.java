package io.deployflow.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Private keys in files; each is read once, however many hosts it is offered to. */
final class JschKeys {
    private static final String PUBLIC = ".pub";
    private static final String CERTIFICATE = "-cert.pub";

    private final Passphrases passphrases;
    private final Map<Path, Key> keys = new HashMap<>();
    private final Map<Path, Optional<Identity>> certified = new HashMap<>();

    JschKeys(Passphrases passphrases) {
        this.passphrases = passphrases;
    }

    /**
     * A key file.
     *
     * @param identity what can be signed with
     * @param problem why nothing can; otherwise empty
     */
    record Key(Optional<Identity> identity, String problem) {
        private static Key unusable(String problem) {
            return new Key(Optional.empty(), problem);
        }
    }

    /** The key in a file. */
    synchronized Key in(Path file) {
        return keys.computeIfAbsent(file, this::read);
    }

    private Key read(Path file) {
        if (!Files.isReadable(file)) {
            return Key.unusable("cannot be read");
        }
        try {
            Identity key = load(file);
            if (!key.isEncrypted()) {
                return new Key(Optional.of(key), "");
            }
            byte[] half = Optional.ofNullable(key.getPublicKeyBlob())
                    .or(() -> publicFile(file))
                    .orElse(null);
            return half == null ? unlocked(file, key) : new Key(Optional.of(locked(file, key, half)), "");
        } catch (JSchException e) {
            return Key.unusable("is not a private key: " + e.getMessage());
        } catch (IOException e) {
            return Key.unusable("cannot be read: " + e.getMessage());
        }
    }

    private JschLockedKey locked(Path file, Identity key, byte[] half) {
        return new JschLockedKey(file, key, half, passphrases);
    }

    // Of an old key file, nothing at all is to be seen without the passphrase.
    private Key unlocked(Path file, Identity key) {
        String problem = locked(file, key, new byte[0]).unlock();
        return problem.isEmpty() ? new Key(Optional.of(key), "") : Key.unusable(problem);
    }

    // By its bytes alone: given a file's name, JSch takes the certificate beside it in the key's place.
    private static Identity load(Path file) throws JSchException, IOException {
        JSch jsch = new JSch();
        jsch.addIdentity(file.toString(), Files.readAllBytes(file), null, null);
        return only(jsch);
    }

    private static Identity load(Path file, Path certificate) throws JSchException {
        JSch jsch = new JSch();
        jsch.addIdentity(file.toString(), certificate.toString(), null);
        return only(jsch);
    }

    private static Identity only(JSch jsch) {
        return jsch.getIdentityRepository().getIdentities().get(0);
    }

    /** The certificates of a key: the one beside it, and those of a list that are of this key. */
    List<Identity> certified(Path file, List<Path> certificates) {
        List<Path> all = new ArrayList<>(certificates);
        all.add(Path.of(file + CERTIFICATE));
        return all.stream()
                .distinct()
                .filter(certificate -> isOf(certificate, file))
                .flatMap(certificate -> with(certificate, file).stream())
                .toList();
    }

    private boolean isOf(Path certificate, Path file) {
        Optional<byte[]> half = PublicKeyFile.read(certificate).isPresent() ? publicHalf(file) : Optional.empty();
        return half.isPresent()
                && PublicKeyFile.certifies(PublicKeyFile.read(certificate).orElseThrow(), half.get());
    }

    private synchronized Optional<Identity> with(Path certificate, Path file) {
        return certified.computeIfAbsent(certificate, path -> {
            try {
                Identity key = load(file, path);
                return Optional.of(key.isEncrypted() ? locked(file, key, key.getPublicKeyBlob()) : key);
            } catch (JSchException e) {
                return Optional.empty();
            }
        });
    }

    /** The public half of a key file, from beside it or from itself. */
    Optional<byte[]> publicHalf(Path file) {
        return publicFile(file)
                .or(() -> PublicKeyFile.read(file))
                .or(() -> in(file).identity().map(Identity::getPublicKeyBlob));
    }

    private static Optional<byte[]> publicFile(Path file) {
        return PublicKeyFile.read(Path.of(file + PUBLIC));
    }
}
