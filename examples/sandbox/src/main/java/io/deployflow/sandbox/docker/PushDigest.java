package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PushResponseItem;

/** Follows a push: fails when the engine reports an error in the stream, and keeps the digest that it reports last. */
final class PushDigest extends ResultCallback.Adapter<PushResponseItem> {
    private volatile String digest = "";

    @Override
    public void onNext(PushResponseItem item) {
        if (item.isErrorIndicated()) {
            onError(new SandboxException(String.valueOf(item.getErrorDetail())));
        }
        if (item.getAux() != null && item.getAux().getDigest() != null) {
            digest = item.getAux().getDigest();
        }
    }

    /** {@code sha256:...} of the manifest, once the push is complete. */
    String get() {
        return digest;
    }
}
