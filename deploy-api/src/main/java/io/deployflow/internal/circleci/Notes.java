package io.deployflow.internal.circleci;

import io.deployflow.internal.config.yaml.Location;
import io.deployflow.spi.Importer.Leftover;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is to be told of a file: what was not carried over, and what is wrong in it. */
final class Notes {
    private final String file;
    private final List<Note> leftovers = new ArrayList<>();
    private final List<Note> mistakes = new ArrayList<>();

    private record Note(int line, Leftover note) {}

    Notes(String file) {
        this.file = file;
    }

    void leftover(Location place, String what, String remedy) {
        add(leftovers, place.line(), what, remedy);
    }

    void mistake(int line, String what, String remedy) {
        add(mistakes, line, what, remedy);
    }

    /** What an alias names several times is told once. */
    private void add(List<Note> notes, int line, String what, String remedy) {
        Note note = new Note(line, new Leftover(file + ":" + line, what, remedy));
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    List<Leftover> leftovers() {
        return sorted(leftovers);
    }

    List<Leftover> mistakes() {
        return sorted(mistakes);
    }

    private static List<Leftover> sorted(List<Note> notes) {
        return notes.stream()
                .sorted(Comparator.comparingInt(Note::line))
                .map(Note::note)
                .toList();
    }
}
