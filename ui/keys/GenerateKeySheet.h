// GenerateKeySheet: what a new key is to be like, and where it goes.

#pragma once

#include "base/SecretString.h"
#include "keys/KeyGenerator.h"
#include "ui/keys/FormSheet.h"

class QComboBox;

namespace ui {

struct NewKey
{
    QString path;
    keys::KeyRequest request;
    base::SecretString passphrase; // empty: not encrypted
};

class GenerateKeySheet final : public FormSheet
{
    Q_OBJECT

public:
    // New keys go into `directory`.
    explicit GenerateKeySheet(const QString &directory, QWidget *parent = nullptr);

signals:
    void accepted(const ui::NewKey &key);

protected:
    void submit() override;

private:
    void handleType();
    QString freeName(const QString &name) const;

    QString m_directory;
    QString m_suggestedName;
    QComboBox *m_type;
    QLineEdit *m_file;
    QLineEdit *m_comment;
    QLineEdit *m_passphrase;
    QLineEdit *m_again;
};

} // namespace ui
