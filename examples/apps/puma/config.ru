# frozen_string_literal: true

require_relative "lib/shop"

run Shop.new(__dir__)
