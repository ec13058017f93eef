// AboutSheet: what this program is, under which license, and with which libraries it runs.

#pragma once

#include "ui/widgets/Sheet.h"

namespace ui {

class AboutSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit AboutSheet(QWidget *parent = nullptr);

private:
    // For reports of faults: "Ponto 0.1.0, Qt 6.8.2, libssh 0.11.5/openssl/zlib, Debian …".
    static QString versions();
};

} // namespace ui
