@NullMarked
package io.deployflow.ssh.capistrano;

import org.jspecify.annotations.NullMarked;
