package io.deployflow.ecs.internal.registry;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sends a blob to each of the registries that are named and reads it back; tells a line of how that went. */
public final class TlsClient {
    private TlsClient() {}

    public static void main(String[] hosts) throws IOException {
        for (String host : hosts) {
            System.out.println(host + ": " + exchange(host));
        }
    }

    /** Many records of TLS. */
    static byte[] blob() {
        byte[] blob = new byte[300_000];
        new Random(5).nextBytes(blob);
        return blob;
    }

    private static String exchange(String host) throws IOException {
        try (RegistryHttp http = new RegistryHttp(name -> Optional.empty(), CancellationToken.create(), Pause.real())) {
            RegistryRepository repository =
                    RegistryRepository.pushing(http, new RepositoryName(host, "app"), List.of());
            byte[] blob = blob();
            repository.upload(Blob.of(blob), done -> {});
            try (InputStream content = repository.blob(Digests.of(blob), 0).content()) {
                return Arrays.equals(content.readAllBytes(), blob) ? "is as it was sent" : "is another";
            }
        } catch (RegistryException e) {
            return e.getMessage() + " " + e.remedy().orElse("");
        }
    }
}
