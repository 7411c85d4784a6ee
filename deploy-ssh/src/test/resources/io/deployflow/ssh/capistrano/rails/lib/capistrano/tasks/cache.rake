task(:x) {}
