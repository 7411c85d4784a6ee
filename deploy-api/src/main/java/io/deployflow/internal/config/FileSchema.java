package io.deployflow.internal.config;

import io.deployflow.internal.config.schema.SchemaWriter;
import java.util.List;

/** The JSON Schema of the file. */
public final class FileSchema {
    private FileSchema() {}

    /** Its text, with a branch for each type of target. */
    public static String of(Adapters adapters) {
        return new SchemaWriter(List.of(FileKeys.class, FlowKeys.class), TargetKeys.class).write(adapters.all());
    }
}
