package io.deployflow.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSchException;
import io.deployflow.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key with a passphrase. It is offered as it is, by its public half, and only unlocked to sign: so nobody is asked
 * for the passphrase of a key that the server does not want, and one that many hosts want is unlocked once.
 */
final class JschLockedKey implements Identity {
    private final Path file;
    private final Identity key;
    private final byte[] publicHalf;
    private final Passphrases passphrases;
    private @Nullable String problem;

    JschLockedKey(Path file, Identity key, byte[] publicHalf, Passphrases passphrases) {
        this.file = file;
        this.key = key;
        this.publicHalf = publicHalf.clone();
        this.passphrases = passphrases;
    }

    /** Unlocks it, if that was not done before; what is in the way, if anything is. */
    synchronized String unlock() {
        if (problem == null) {
            problem = passphrases
                    .of(file)
                    .map(this::unlock)
                    .orElse("has a passphrase, and there is nobody to ask for it");
        }
        return problem;
    }

    private String unlock(Secret passphrase) {
        try {
            boolean fits = key.setPassphrase(passphrase.reveal().getBytes(StandardCharsets.UTF_8));
            return fits ? "" : "has another passphrase";
        } catch (JSchException e) {
            return "cannot be unlocked: " + e.getMessage();
        }
    }

    @Override
    public byte @Nullable [] getSignature(byte[] data) {
        return unlock().isEmpty() ? key.getSignature(data) : null;
    }

    @Override
    public byte @Nullable [] getSignature(byte[] data, String algorithm) {
        return unlock().isEmpty() ? key.getSignature(data, algorithm) : null;
    }

    @Override
    public byte[] getPublicKeyBlob() {
        return publicHalf.clone();
    }

    @Override
    public String getAlgName() {
        return new HostKeyShown(publicHalf).type();
    }

    @Override
    public String getName() {
        return key.getName();
    }

    // Or JSch would ask for the passphrase before it asks the server whether it wants the key.
    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public boolean setPassphrase(byte[] passphrase) {
        return true;
    }

    @Override
    public void clear() {
        // It is shared by all connections.
    }

    /** What is known to be wrong with it by now. */
    synchronized Optional<String> problem() {
        return Optional.ofNullable(problem).filter(text -> !text.isEmpty());
    }
}
