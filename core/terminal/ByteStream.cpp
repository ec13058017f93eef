#include "terminal/ByteStream.h"

namespace terminal {

ByteStream::~ByteStream() = default;

} // namespace terminal
