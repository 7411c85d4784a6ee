package io.deployflow.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Does the arithmetic of a login once, with keys of its own that are thrown away: the first time, Java's curves and
 * ciphers take as long as everything else of a login.
 */
final class JschWarmUp {
    private static final String CURVE = "X25519";
    private static final String SIGNATURE = "ssh-ed25519";
    private static final int BLOCK = 16;
    private static final int NONCE = 12;

    private JschWarmUp() {}

    /**
     * What most servers agree to, in the order in which a login needs it.
     *
     * @return whether this Java can do all of it
     */
    static boolean run() {
        try {
            return agree() && verify() && encrypt();
        } catch (Exception e) {
            // The login will say what is missing, if it needs it.
            return false;
        }
    }

    private static boolean agree() throws GeneralSecurityException {
        java.security.KeyPair pair = KeyPairGenerator.getInstance(CURVE).generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
        agreement.init(pair.getPrivate());
        agreement.doPhase(pair.getPublic(), true);
        return agreement.generateSecret().length > 0;
    }

    private static boolean verify() throws Exception {
        byte[] text = SIGNATURE.getBytes(StandardCharsets.US_ASCII);
        KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
        byte[] signed = pair.getSignature(text, SIGNATURE);
        Signature verifier = pair.getVerifier(SIGNATURE);
        verifier.update(text);
        return verifier.verify(signed);
    }

    private static boolean encrypt() throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(new byte[BLOCK], "AES");
        GCMParameterSpec nonce = new GCMParameterSpec(BLOCK * Byte.SIZE, new byte[NONCE]);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, nonce);
        byte[] sealed = cipher.doFinal(new byte[BLOCK]);
        cipher.init(Cipher.DECRYPT_MODE, key, nonce);
        return cipher.doFinal(sealed).length == BLOCK;
    }
}
