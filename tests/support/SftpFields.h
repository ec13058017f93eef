// SftpFields: takes a request apart for ScriptedSftpServer.

#pragma once

#include "base/WireReader.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace tests {

// The fields of a request. A missing one reads as empty, and is remembered.
class SftpFields final
{
public:
    explicit SftpFields(QByteArrayView bytes)
        : m_reader(bytes)
    {
    }

    quint32 uint32() { return taken(m_reader.uint32()); }
    quint64 uint64() { return taken(m_reader.uint64()); }
    QByteArray string() { return taken(m_reader.string()).toByteArray(); }
    bool isBroken() const { return m_broken; }

private:
    template<typename Field>
    Field taken(std::optional<Field> field)
    {
        m_broken = m_broken || !field;
        return field.value_or(Field());
    }

    base::WireReader m_reader;
    bool m_broken = false;
};

} // namespace tests
