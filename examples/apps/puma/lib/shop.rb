# frozen_string_literal: true

# The application: a greeting at / and a health page at /health.
#
# It is plain Rack, so Debian's `puma` package is all that it needs. Every file is read once, when a worker boots: what a
# worker answers belongs to one release, whatever happens to the directory later.
class Shop
  TEXT = { "content-type" => "text/plain; charset=utf-8" }.freeze

  # root: the release's directory
  def initialize(root)
    @greeting = File.read(File.join(root, "greeting.txt"))
    @health = File.read(File.join(root, "health.txt")).strip
    @revision = revision(root)
  end

  def call(env)
    case env["PATH_INFO"]
    when "/" then answer(200, @greeting)
    when "/health" then health
    else answer(404, "not found\n")
    end
  end

  private

  # Unhealthy is whatever health.txt says other than "ok": it stands for the mistake that only a running release shows.
  def health
    return answer(200, "ok #{@revision}\n") if @health == "ok"

    answer(500, "#{@health} #{@revision}\n")
  end

  # A directory deploy leaves a REVISION file; an image is given the variable.
  def revision(root)
    file = File.join(root, "REVISION")
    File.exist?(file) ? File.read(file).strip : ENV.fetch("REVISION", "unknown")
  end

  def answer(status, text)
    [status, TEXT.dup, [text]]
  end
end
