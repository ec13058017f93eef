// GetVerb: `ponto get TARGET:PATH... LOCAL`.

#pragma once

#include "app/headless/TransferVerb.h"

#include <QByteArrayList>

namespace app {

class GetVerb final : public TransferVerb
{
    Q_OBJECT

public:
    // `destination` is a directory to copy into; a single source may get it as its name.
    GetVerb(ssh::ConnectionSettings settings, QByteArrayList sources, QByteArray destination,
            const TransferOptions &options);

private:
    void prepare() override;
    void beginFrom(const files::FilePath &home);

    QByteArrayList m_sources;
    QByteArray m_destination;
};

} // namespace app
