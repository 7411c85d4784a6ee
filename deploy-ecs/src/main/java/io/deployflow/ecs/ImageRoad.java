package io.deployflow.ecs;

import io.deployflow.ImageArtifact;
import io.deployflow.spi.BuildStrategy;

/**
 * One way from a source to an image in the registry.
 *
 * @param build makes it
 * @param push sends it
 * @param plan tells what both would do
 * @param end closes what both share
 */
record ImageRoad(BuildStrategy<ImageArtifact> build, ImagePush push, ImagePlan plan, Runnable end) {}
