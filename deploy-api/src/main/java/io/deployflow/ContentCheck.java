package io.deployflow;

/** Of which files of a new release the content is checked where it was brought to. */
public enum ContentCheck {
    /** Of those that were sent. Of the others the time of their last change must be what it was. */
    CHANGED,
    /** Of all. */
    FULL
}
