/** Hosts to deploy directories to: containers that run OpenSSH. */
@NullMarked
package io.deployflow.sandbox.ssh;

import org.jspecify.annotations.NullMarked;
