/** What a team has in its account before the first deploy, made through the control plane's own HTTP API. */
@NullMarked
package io.deployflow.sandbox.team;

import org.jspecify.annotations.NullMarked;
