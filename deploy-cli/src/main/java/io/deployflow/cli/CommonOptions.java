package io.deployflow.cli;

import java.util.List;

/** What every command about targets takes. */
abstract class CommonOptions extends FileOptions {
    /** The names of the targets that the command is about. */
    abstract List<String> targets();
}
