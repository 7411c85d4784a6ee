package io.deployflow.internal.config.text;

/** How many letters to insert, remove, replace or swap with their neighbour to make one word of another. */
final class EditDistance {
    private final String one;
    private final String other;
    private final int[][] cost;

    private EditDistance(String one, String other) {
        this.one = one;
        this.other = other;
        this.cost = new int[one.length() + 1][other.length() + 1];
    }

    static int between(String one, String other) {
        EditDistance distance = new EditDistance(one, other);
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distance.cost[i][j] = distance.cheapest(i, j);
            }
        }
        return distance.cost[one.length()][other.length()];
    }

    private int cheapest(int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replaced = cost[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        return swapped(i, j) ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private boolean swapped(int i, int j) {
        return i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
    }
}
