// ContiguousBytes: how much of a file is there without a hole, while its pieces come in any order.

#pragma once

#include <QtTypes>

#include <map>

namespace transfer {

class ContiguousBytes
{
public:
    // All before `start` is there.
    explicit ContiguousBytes(quint64 start = 0)
        : m_end(start)
    {
    }

    quint64 end() const { return m_end; }

    // Pieces do not overlap.
    void add(quint64 offset, quint64 length)
    {
        m_pieces.emplace(offset, length);
        while (!m_pieces.empty() && m_pieces.begin()->first <= m_end) {
            m_end += m_pieces.begin()->second;
            m_pieces.erase(m_pieces.begin());
        }
    }

private:
    quint64 m_end;
    std::map<quint64, quint64> m_pieces; // beyond the first hole: lengths by offset
};

} // namespace transfer
