// PutVerb: `ponto put LOCAL... TARGET:PATH`.

#pragma once

#include "app/headless/TransferVerb.h"

#include <QByteArrayList>

namespace app {

class PutVerb final : public TransferVerb
{
    Q_OBJECT

public:
    // `destination` is a directory to copy into, the home directory if empty; a single source may
    // get it as its name.
    PutVerb(ssh::ConnectionSettings settings, QByteArrayList sources, QByteArray destination,
            const TransferOptions &options);

private:
    enum class Destination { Directory, Name };

    void prepare() override;
    void look(const files::FilePath &destination);
    void beginTo(const files::FilePath &destination, Destination kind);

    QByteArrayList m_sources;
    QByteArray m_destination;
};

} // namespace app
