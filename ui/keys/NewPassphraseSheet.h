// NewPassphraseSheet: another passphrase for a key, typed twice.

#pragma once

#include "base/SecretString.h"
#include "ui/keys/FormSheet.h"

namespace ui {

class NewPassphraseSheet final : public FormSheet
{
    Q_OBJECT

public:
    explicit NewPassphraseSheet(const QString &keyFile, QWidget *parent = nullptr);

signals:
    void accepted(const base::SecretString &passphrase); // empty: not encrypted

protected:
    void submit() override;

private:
    QLineEdit *m_passphrase;
    QLineEdit *m_again;
};

} // namespace ui
