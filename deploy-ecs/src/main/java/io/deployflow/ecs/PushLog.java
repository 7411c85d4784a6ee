package io.deployflow.ecs;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import io.deployflow.spi.DeployContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a push streams: how far each layer is, and what the registry made of it. The engine counts what is in a
 * layer, which it packs as it sends it.
 */
final class PushLog extends ResultCallback.Adapter<PushResponseItem> {
    static final String WORK = "push";
    /** What Docker ends with beside {@code aux}, and Podman without. */
    private static final Pattern END = Pattern.compile("\\S+: digest: (sha256:[0-9a-f]{64}) size: \\d+");

    private final DeployContext context;
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, Long> content = new LinkedHashMap<>();
    private Optional<String> error = Optional.empty();
    private Optional<String> digest = Optional.empty();

    PushLog(DeployContext context) {
        this.context = context;
    }

    @Override
    public void onNext(PushResponseItem item) {
        if (item.getErrorDetail() != null) {
            error = Optional.of(String.valueOf(item.getErrorDetail().getMessage()));
        }
        if (item.getAux() != null && item.getAux().getDigest() != null) {
            digest = Optional.of(item.getAux().getDigest());
        } else if (item.getStatus() != null) {
            Matcher end = END.matcher(item.getStatus());
            digest = end.matches() ? Optional.of(end.group(1)) : digest;
        }
        if (item.getId() != null && item.getStatus() != null) {
            layer(item.getId(), item.getStatus(), item.getProgressDetail());
        }
    }

    private void layer(String id, String status, ProgressDetail detail) {
        switch (status) {
            case "Pushing" -> sent(id, detail);
            case "Pushed", "Layer already exists" -> {
                if (status.equals("Pushed")) {
                    content.put(id, sizes.getOrDefault(id, 0L));
                }
                whole(id);
                context.output(id, status.toLowerCase(Locale.ROOT));
            }
            default -> {
                if (status.startsWith("Mounted from")) {
                    context.progress(id, WORK, 1, 1);
                }
            }
        }
    }

    /** A layer that was there already has no size that anybody told. */
    private void whole(String id) {
        Long size = sizes.get(id);
        if (size == null) {
            context.progress(id, WORK, 1, 1);
        } else {
            context.progressContent(id, WORK, size, size);
        }
    }

    private void sent(String id, ProgressDetail detail) {
        if (detail == null || detail.getCurrent() == null) {
            return;
        }
        long done = detail.getCurrent();
        long total = detail.getTotal() == null ? 0 : Math.max(detail.getTotal(), done);
        sizes.put(id, Math.max(done, total));
        context.progressContent(id, WORK, done, total);
    }

    /** What the registry or the engine found wrong. */
    Optional<String> error() {
        return error;
    }

    /** The layers that were sent, and how many bytes are in each; 0 where the engine did not tell. */
    Map<String, Long> content() {
        return content;
    }

    /** The digest under which the registry has the image now. */
    Optional<String> digest() {
        return digest;
    }
}
