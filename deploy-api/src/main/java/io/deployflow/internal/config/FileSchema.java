package io.deployflow.internal.config;

import io.deployflow.internal.config.schema.SchemaWriter;

/** The JSON Schema of the file. */
public final class FileSchema {
    private FileSchema() {}

    /** Its text, with a branch for each type of target. */
    public static String of(Adapters adapters) {
        return new SchemaWriter(FileKeys.class, TargetKeys.class).write(adapters.all());
    }
}
